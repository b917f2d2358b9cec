/// An order to submit.
public struct DCLOrderDraft: Encodable, Sendable, Equatable {
    public struct Line: Encodable, Sendable, Equatable {
        public var lineNumber: Int
        /// The SKU as it is set up at the warehouse, at most 25 characters.
        public var itemNumber: String
        public var description: String?
        public var quantity: Int
        public var price: DecimalText?

        public init(
            lineNumber: Int, itemNumber: String, description: String? = nil, quantity: Int, price: DecimalText? = nil
        ) {
            self.lineNumber = lineNumber
            self.itemNumber = itemNumber
            // LIMIT: 100 characters at the warehouse; a description is for people, so it is cut.
            self.description = description.map { String($0.prefix(100)) }
            self.quantity = quantity
            self.price = price
        }

        private enum CodingKeys: String, CodingKey {
            case description, quantity, price
            case lineNumber = "line_number"
            case itemNumber = "item_number"
        }
    }

    /// Unique per account for ever: what keeps an order from being shipped twice.
    public var orderNumber: DCLOrderNumber
    /// `YYYY-MM-DD`.
    public var orderedDate: String?
    public var poNumber: String?
    public var customerNumber: String?
    public var shippingAddress: DCLAddress
    public var subtotal: DecimalText?
    public var shippingHandling: DecimalText?
    public var salesTax: DecimalText?
    public var totalDue: DecimalText?
    public var lines: [Line]

    public init(orderNumber: DCLOrderNumber, shippingAddress: DCLAddress, lines: [Line]) {
        self.orderNumber = orderNumber
        self.shippingAddress = shippingAddress
        self.lines = lines
    }

    private enum CodingKeys: String, CodingKey {
        case lines
        case orderNumber = "order_number"
        case orderedDate = "ordered_date"
        case poNumber = "po_number"
        case customerNumber = "customer_number"
        case shippingAddress = "shipping_address"
        case subtotal = "order_subtotal"
        case shippingHandling = "shipping_handling"
        case salesTax = "sales_tax"
        case totalDue = "total_due"
    }
}
