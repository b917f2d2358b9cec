/// A draft order as the shop has it.
public struct ShopifyDraftOrder: Sendable, Decodable {
    public enum Status: Sendable, Equatable {
        case open
        /// The customer was asked to pay.
        case invoiceSent
        /// It has become an order: paid by the customer, or completed without one.
        case completed
        case unrecognized(String)
    }

    public let id: ShopifyID
    /// What people know it by, e.g. `#D12`.
    public let name: String?
    public let status: Status
    /// The order it has become.
    public let orderID: ShopifyID?
    /// Where the customer pays.
    public let invoiceURL: String?
    /// Of the goods less the discount; and the same with tax, where the prices do not include it.
    public let subtotal, total: DecimalText?
    public let tax: DecimalText?
    /// Whether something is taken off its goods.
    public let isDiscounted: Bool
    /// What was noted on it, by name.
    public let attributes: [String: String]
    public let currency: String?
    let tags: String

    private enum CodingKeys: String, CodingKey {
        case id, name, status, currency, tags
        case subtotal = "subtotal_price"
        case tax = "total_tax"
        case discount = "applied_discount"
        case attributes = "note_attributes"
        case orderID = "order_id"
        case invoiceURL = "invoice_url"
        case total = "total_price"
    }

    private struct Discount: Decodable {}

    private struct Attribute: Decodable {
        let name: String
        let value: String?
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(ShopifyID.self, forKey: .id)
        name = try container.nonEmptyText(.name)
        status = Status(try container.text(.status) ?? "")
        orderID = try container.decodeIfPresent(ShopifyID.self, forKey: .orderID)
        invoiceURL = try container.nonEmptyText(.invoiceURL)
        total = try container.decodeIfPresent(DecimalText.self, forKey: .total)
        subtotal = try container.decodeIfPresent(DecimalText.self, forKey: .subtotal)
        tax = try container.decodeIfPresent(DecimalText.self, forKey: .tax)
        isDiscounted = try container.decodeIfPresent(Discount.self, forKey: .discount) != nil
        let noted = try container.decodeIfPresent([Attribute].self, forKey: .attributes) ?? []
        attributes = Dictionary(noted.map { ($0.name, $0.value ?? "") }) { _, last in last }
        currency = try container.nonEmptyText(.currency)
        tags = try container.text(.tags) ?? ""
    }

    /// Whether it was made under our reference.
    func carries(reference: String) -> Bool {
        tags.split(separator: ",").contains { $0.drop(while: \.isWhitespace) == reference[...] }
    }
}

extension ShopifyDraftOrder.Status {
    init(_ text: String) {
        self =
            switch text {
            case "open": .open
            case "invoice_sent": .invoiceSent
            case "completed": .completed
            default: .unrecognized(text)
            }
    }

    /// Every state a draft order can be listed by.
    static let listed = ["open", "invoice_sent", "completed"]
}
