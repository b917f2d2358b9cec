import Commerce

/// Something that happened at Stripe. Events repeat and come out of order: read the object again before acting on it.
public struct StripeEvent: Sendable, Equatable {
    /// What the event is about; nil members for what we do not follow.
    public enum Subject: Sendable, Equatable {
        case refund(StripeRefund)
        case dispute(StripeDispute)
        case subscription(StripeSubscription)
        /// Its type, e.g. `charge`.
        case other(String)
    }

    public let id: String
    /// `refund.updated`, `charge.dispute.created`, …
    public let type: String
    /// Seconds since 1970.
    public let createdAt: Int?
    /// The key of the request that caused it; nil where Stripe itself did.
    public let idempotencyKey: String?
    public let subject: Subject

    /// Failure: `DecodingError` for a body that is no event of API v1.
    public init(json: [UInt8]) throws {
        self = try ProviderJSON.decode(StripeEvent.self, from: json)
    }
}

extension StripeEvent: Decodable {
    private struct Request: Decodable {
        let key: String?

        private enum CodingKeys: String, CodingKey { case key = "idempotency_key" }

        /// Older API versions give the request's id alone.
        init(from decoder: any Decoder) throws {
            key = try? decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .key)
        }
    }

    private struct Content: Decodable {
        let subject: Subject

        private enum CodingKeys: CodingKey { case object }
        private enum KindKeys: CodingKey { case object }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let kind = try container.nestedContainer(keyedBy: KindKeys.self, forKey: .object).text(.object) ?? ""
            subject =
                switch kind {
                case "refund": .refund(try container.decode(StripeRefund.self, forKey: .object))
                case "dispute": .dispute(try container.decode(StripeDispute.self, forKey: .object))
                case "subscription": .subscription(try container.decode(StripeSubscription.self, forKey: .object))
                default: .other(kind)
                }
        }
    }

    private enum CodingKeys: CodingKey { case id, object, type, created, request, data }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard try container.text(.object) == "event" else {
            throw DecodingError.dataCorruptedError(forKey: .object, in: container, debugDescription: "not an event")
        }
        id = try container.decode(String.self, forKey: .id)
        type = try container.text(.type) ?? ""
        createdAt = try container.wholeNumber(.created)
        idempotencyKey = try container.decodeIfPresent(Request.self, forKey: .request)?.key
        subject = try container.decode(Content.self, forKey: .data).subject
    }
}
