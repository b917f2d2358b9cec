/// A sales order as NetSuite has it.
public struct NetSuiteSalesOrder: Sendable, Decodable {
    public struct Line: Sendable, Decodable {
        /// NetSuite's number of the line, which fulfilments name; not its position.
        public let number: Int
        public let item: NetSuiteReference?
        public let description: String?
        public let quantity: Int
        public let quantityFulfilled: Int
        public let rate: DecimalText?
        public let amount: DecimalText?
        public let isClosed: Bool
        public let location: NetSuiteReference?

        /// The item's name, which is its SKU.
        public var sku: String? { item?.refName }
        /// Units still to be shipped.
        public var openQuantity: Int { isClosed ? 0 : max(0, quantity - quantityFulfilled) }
    }

    public let id: String
    /// The number people know it by, e.g. `SO10045`.
    public let tranID: String?
    public let externalID: String?
    public let status: NetSuiteOrderStatus
    public let entity: NetSuiteReference?
    public let currency: NetSuiteReference?
    public let tranDate: String?
    public let otherRefNum: String?
    public let memo: String?
    public let email: String?
    public let total: DecimalText?
    public let subtotal: DecimalText?
    public let taxTotal: DecimalText?
    public let shippingCost: DecimalText?
    public let discountTotal: DecimalText?
    public let shippingAddress: NetSuiteAddress?
    /// Nil when the account has no such field.
    public let isSentToWarehouse: Bool?
    public let shopifyOrderID: String?
    public let lines: [Line]
}
