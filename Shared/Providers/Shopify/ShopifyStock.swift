/// What the shop keeps stock of.
public struct ShopifyStockItem: Sendable, Equatable {
    public let id: ShopifyID
    /// Whether the shop counts it.
    public let isTracked: Bool
}

/// Units that are added to what one location has for sale, or taken out again.
public struct ShopifyRestocking: Sendable, Equatable {
    /// Ours, unique in the shop: its idempotency key where the version takes one.
    public var reference: String
    /// What the units come from, as the shop's inventory history shows it: a URI.
    public var document: String
    public var location: ShopifyID
    /// By the item's id; negative for those that are taken out.
    public var units: [ShopifyID: Int]

    public init(reference: String, document: String, location: ShopifyID, units: [ShopifyID: Int]) {
        self.reference = reference
        self.document = document
        self.location = location
        self.units = units
    }
}

/// A place where the shop keeps stock.
public struct ShopifyLocation: Sendable, Equatable, Decodable {
    public let name: String
    public let isActive: Bool
}
