/// A refund request as it is written in JSON: amounts as decimal strings, returns as counts of units.
///
/// It holds whatever came, also what is wrong; `request()` reads it or tells everything that is wrong with it.
public struct RefundRequestForm: Codable, Hashable, Sendable {
    public let currency: FormField<String>
    public let order: FormField<Order>
    public let alreadyReturned: FormField<[FormField<ReturnedCount>]>
    public let goods: FormField<Goods>
    public let exchange: FormField<Exchange>
    public let policy: FormField<RefundPolicyForm>

    enum CodingKeys: String, CodingKey {
        case currency, order, exchange, policy
        case alreadyReturned = "already_returned"
        case goods = "return"
    }

    public struct Order: Codable, Hashable, Sendable {
        public let taxesIncluded: FormField<Bool>
        public let lines: FormField<[FormField<Line>]>
        public let shipping: FormField<Shipping>
        public let tenders: FormField<[FormField<Payment>]>

        enum CodingKeys: String, CodingKey {
            case lines, shipping, tenders
            case taxesIncluded = "taxes_included"
        }
    }

    public struct Goods: Codable, Hashable, Sendable {
        public let lines: FormField<[FormField<ReturnedCount>]>
    }

    public struct Exchange: Codable, Hashable, Sendable {
        public let lines: FormField<[FormField<ExchangedLine>]>
    }
}
