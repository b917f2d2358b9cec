/// A refund policy as it is written in JSON, in a request and in a shop's return policy. Every field is optional.
public struct RefundPolicyForm: Codable, Hashable, Sendable {
    public let restockingFeePercent: FormField<String>
    public let restockingFeeBase: FormField<String>
    public let restockingFeeTaxed: FormField<Bool>
    public let returnShippingFee: FormField<String>
    public let originalShipping: FormField<String>
    public let grades: FormField<[String: FormField<String>]>
    public let feeWaivedReasons: FormField<[FormField<String>]>
    public let tenderOrder: FormField<TenderOrderForm>

    enum CodingKeys: String, CodingKey {
        case grades
        case restockingFeePercent = "restocking_fee_percent"
        case restockingFeeBase = "restocking_fee_base"
        case restockingFeeTaxed = "restocking_fee_taxed"
        case returnShippingFee = "return_shipping_fee"
        case originalShipping = "original_shipping"
        case feeWaivedReasons = "fee_waived_reasons"
        case tenderOrder = "tender_order"
    }
}

/// A word, or a list of kinds of tender.
public enum TenderOrderForm: Hashable, Sendable {
    case word(String)
    case kinds([FormField<String>])
}

extension TenderOrderForm: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let word = try? container.decode(String.self) {
            self = .word(word)
        } else {
            self = .kinds(try container.decode([FormField<String>].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .word(let word): try container.encode(word)
        case .kinds(let kinds): try container.encode(kinds)
        }
    }
}

extension RefundPolicyForm {
    /// Reads the policy for orders of this currency; `path` is where it stands in the document that holds it.
    ///
    /// Failure: everything that is wrong with it.
    public func policy(in currency: Currency, at path: String = "policy") throws(RefundProblems) -> RefundPolicy {
        var reader = FormReader()
        let policy = reader.policy(.value(self), at: path, in: currency)
        var check = RefundCheck(currency: currency)
        check.policy(policy, at: path)
        if let problems = RefundProblems(reader.problems + check.problems) { throw problems }
        return policy
    }
}
