/// What Recharge posts: the thing that changed, under its kind. Read it again before acting on it.
public struct RechargeEvent: Sendable, Equatable, Decodable {
    /// `subscription`, `charge`, …; nil for a body without anything in it.
    public let kind: String?
    public let subscription: RechargeSubscription?
    public let charge: RechargeCharge?

    private struct Kind: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Failure: `DecodingError` for a body that is no JSON object of this kind.
    public init(json: [UInt8]) throws {
        self = try ProviderJSON.decode(RechargeEvent.self, from: json)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        subscription = try container.decodeIfPresent(
            RechargeSubscription.self, forKey: Kind(stringValue: "subscription"))
        charge = try container.decodeIfPresent(RechargeCharge.self, forKey: Kind(stringValue: "charge"))
        let kinds = container.allKeys.map(\.stringValue).sorted()
        // WHY: a webhook may bring the customer along with what it is about.
        kind = kinds.first { $0 == "subscription" || $0 == "charge" } ?? kinds.first
    }
}
