/// What the refund calculation has to know: fees, grades, original shipping and the order of tenders.
public struct ReturnMoneySettings: Hashable, Sendable {
    public enum FeeBase: String, Hashable, Sendable, CaseIterable, Codable {
        case net, gross
    }

    public enum OriginalShipping: String, Hashable, Sendable, CaseIterable, Codable {
        case never, always
        case fullReturn = "full_return"
        case proRata = "pro_rata"
    }

    public enum TenderOrder: Hashable, Sendable {
        case proportional
        /// Kinds of tender, filled one after the other.
        case kinds([String])
    }

    public var restockingFeePercent: ReturnPercent = .zero
    public var restockingFeeBase: FeeBase = .net
    public var restockingFeeTaxed = false
    public var returnShippingFee: ReturnAmount = .zero
    public var originalShipping: OriginalShipping = .never
    /// What a grade leaves of a line's price; empty when everything counts in full.
    public var grades: [String: ReturnPercent] = [:]
    public var feeWaivedReasons: [String] = []
    public var tenderOrder: TenderOrder = .proportional

    public init() {}

    static let form = PolicyForm(
        initial: ReturnMoneySettings(),
        members: [
            PolicyMember("restocking_fee_percent", \.restockingFeePercent, .percent),
            PolicyMember("restocking_fee_base", \.restockingFeeBase, .choice),
            PolicyMember("restocking_fee_taxed", \.restockingFeeTaxed, .flag),
            PolicyMember("return_shipping_fee", \.returnShippingFee, .amount),
            PolicyMember("original_shipping", \.originalShipping, .choice),
            PolicyMember("grades", \.grades, gradesCodec),
            PolicyMember("fee_waived_reasons", \.feeWaivedReasons, .texts),
            PolicyMember("tender_order", \.tenderOrder, tenderOrderCodec),
        ])

    /// WHY: no grades are written as null, since an empty object would say that no grade is known at all.
    private static let gradesCodec: PolicyCodec<[String: ReturnPercent]> = {
        let codec = PolicyCodec<[String: ReturnPercent]>.named(.percent)
        return PolicyCodec(
            read: codec.read, write: { $0.isEmpty ? .null : codec.write($0) }, shape: codec.shape)
    }()

    private static let tenderOrderCodec = PolicyCodec<TenderOrder>(
        read: { json, readings in
            if json == .text("proportional") { return .proportional }
            if case .text(let text) = json {
                readings.report(
                    .unknownChoice, "'\(text)' is no order of tenders; use \"proportional\" or a list of kinds.")
                return nil
            }
            return PolicyCodec.texts.read(json, &readings).map { .kinds($0) }
        },
        write: { order in
            switch order {
            case .proportional: .text("proportional")
            case .kinds(let kinds): PolicyCodec.texts.write(kinds)
            }
        }, shape: .either(.choice(["proportional"]), PolicyCodec.texts.shape))
}

/// In the form in which the refund calculation takes its policy.
extension ReturnMoneySettings: Codable {
    public init(from decoder: any Decoder) throws {
        self = try Self.form.decoded(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try Self.form.write(self).encode(to: encoder)
    }
}
