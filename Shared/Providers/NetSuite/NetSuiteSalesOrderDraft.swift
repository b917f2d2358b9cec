/// A sales order to create.
public struct NetSuiteSalesOrderDraft: Encodable, Sendable, Equatable {
    public struct Line: Encodable, Sendable, Equatable {
        public var item: NetSuiteReference
        public var quantity: Int
        /// The price of one unit.
        public var rate: DecimalText
        public var amount: DecimalText?
        public var location: NetSuiteReference?
        /// `-1` is the custom price level, without which NetSuite puts its own rate.
        public var price = NetSuiteReference(id: "-1")
        public var description: String?

        public init(
            itemID: String, quantity: Int, rate: DecimalText, amount: DecimalText? = nil, locationID: String? = nil,
            description: String? = nil
        ) {
            item = NetSuiteReference(id: itemID)
            self.quantity = quantity
            self.rate = rate
            self.amount = amount
            location = locationID.map { NetSuiteReference(id: $0) }
            self.description = description
        }
    }

    /// Unique at NetSuite: what keeps an order from being created twice, e.g. `shopify-5678901234567`.
    public var externalId: String
    public var entity: NetSuiteReference
    public var orderStatus = NetSuiteReference(id: "B")
    /// `YYYY-MM-DD`.
    public var tranDate: String?
    /// The shop's number of the order.
    public var otherRefNum: String?
    public var memo: String?
    public var email: String?
    public var location: NetSuiteReference?
    public var shipMethod: NetSuiteReference?
    public var shippingCost: DecimalText?
    public var discountItem: NetSuiteReference?
    /// Negative.
    public var discountRate: DecimalText?
    public var shippingAddress: NetSuiteAddress?
    /// The field that `custbody_sent_to_3pl` polls watch; a new order has not been sent.
    public var sentToWarehouse = false
    public var shopifyOrderID: String?
    private var item: NetSuiteSublist<Line>

    public var lines: [Line] {
        get { item.items }
        set { item.items = newValue }
    }

    public init(externalID: String, customerID: String, lines: [Line]) {
        externalId = externalID
        entity = NetSuiteReference(id: customerID)
        item = NetSuiteSublist(items: lines)
    }

    private enum CodingKeys: String, CodingKey {
        case externalId, entity, orderStatus, tranDate, otherRefNum, memo, email, location, shipMethod, shippingCost
        case discountItem, discountRate, shippingAddress, item
        case sentToWarehouse = "custbody_sent_to_3pl"
        case shopifyOrderID = "custbody_shopify_order_id"
    }
}
