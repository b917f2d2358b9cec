/// One package of an order: what is in it and how to follow it.
public struct ShopifyPackage: Sendable, Equatable {
    /// Units of one line of the order.
    public struct Item: Sendable, Equatable {
        public var lineItemID: ShopifyID
        public var quantity: Int

        public init(lineItemID: ShopifyID, quantity: Int) {
            self.lineItemID = lineItemID
            self.quantity = quantity
        }
    }

    public var order: ShopifyID
    public var items: [Item]
    public var tracking: ShopifyTracking
    /// Whether the shop mails the customer.
    public var notifyCustomer: Bool

    public init(order: ShopifyID, items: [Item], tracking: ShopifyTracking, notifyCustomer: Bool) {
        self.order = order
        self.items = items
        self.tracking = tracking
        self.notifyCustomer = notifyCustomer
    }
}
