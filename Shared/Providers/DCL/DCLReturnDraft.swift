/// A return to announce to the warehouse.
public struct DCLReturnDraft: Sendable, Equatable {
    public struct Line: Sendable, Equatable, Encodable {
        /// The SKU as it is set up at the warehouse, at most 35 characters.
        public var itemNumber: String
        public var description: String?
        public var quantity: Int

        public init(itemNumber: String, description: String? = nil, quantity: Int) {
            self.itemNumber = itemNumber
            // LIMIT: 100 characters at the warehouse; a description is for people, so it is cut.
            self.description = description.map { String($0.prefix(100)) }
            self.quantity = quantity
        }

        private enum CodingKeys: String, CodingKey {
            case description, quantity
            case itemNumber = "item_number"
        }
    }

    /// Unique at the warehouse for ever: what keeps a return from being announced twice.
    public var number: DCLOrderNumber
    /// `YYYY-MM-DD`.
    public var date: String?
    /// The number under which the goods were shipped.
    public var originalOrder: DCLOrderNumber?
    public var customerNumber: String?
    public var comments: String?
    /// Who sends the goods back.
    public var address: DCLAddress
    public var lines: [Line]

    public init(number: DCLOrderNumber, address: DCLAddress, lines: [Line]) {
        self.number = number
        self.address = address
        self.lines = lines
    }
}

/// The body of `POST /rmas`: the return with what the account's settings say about every return.
struct DCLReturnRequest: Encodable {
    // LIMIT: the warehouse's own bound; comments are for people, so they are cut.
    private static let commentsMax = 255

    let draft: DCLReturnDraft
    let settings: DCLSettings

    private enum CodingKeys: String, CodingKey {
        case comments, disposition, lines
        case number = "rma_number"
        case date = "rma_date"
        case originalOrder = "original_order_number"
        case customerNumber = "customer_number"
        case address = "shipping_address"
        case type = "rma_type"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(draft.number, forKey: .number)
        try container.encodeIfPresent(draft.date, forKey: .date)
        try container.encodeIfPresent(draft.originalOrder, forKey: .originalOrder)
        try container.encodeIfPresent(draft.customerNumber, forKey: .customerNumber)
        try container.encodeIfPresent(draft.comments.map { String($0.prefix(Self.commentsMax)) }, forKey: .comments)
        try container.encode(draft.address, forKey: .address)
        try container.encode(settings.returnType, forKey: .type)
        try container.encode(settings.returnDisposition, forKey: .disposition)
        try container.encode(draft.lines, forKey: .lines)
    }
}
