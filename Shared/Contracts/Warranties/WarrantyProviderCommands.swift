import Commerce
import Messaging

// What `returns` does at the shop for a claim, each once per claim. The parcel is its return's.

/// Sets new goods aside in the shop at no charge, reserved where it agrees to that.
public struct OpenReplacement: Command {
    public static let owner = ServiceName.returns
    public var warrantyID: WarrantyID

    public struct Reply: Codable, Sendable, Equatable {
        /// The draft order at the shop.
        public var draftID: String

        public init(draftID: String) { self.draftID = draftID }

        enum CodingKeys: String, CodingKey { case draftID = "draft_id" }
    }

    public init(warrantyID: WarrantyID) { self.warrantyID = warrantyID }

    enum CodingKeys: String, CodingKey { case warrantyID = "warranty_id" }
}

/// Makes an order of the goods that were set aside; it comes in and travels as every other.
public struct CompleteReplacement: Command {
    public static let owner = ServiceName.returns
    public var warrantyID: WarrantyID
    public var draftID: String

    public struct Reply: Codable, Sendable, Equatable {
        /// The shop's order of the new goods.
        public var orderID: String

        public init(orderID: String) { self.orderID = orderID }

        enum CodingKeys: String, CodingKey { case orderID = "order_id" }
    }

    public init(warrantyID: WarrantyID, draftID: String) {
        self.warrantyID = warrantyID
        self.draftID = draftID
    }

    enum CodingKeys: String, CodingKey {
        case warrantyID = "warranty_id"
        case draftID = "draft_id"
    }
}

/// Gives up the goods that were set aside. Undo of ``OpenReplacement``.
public struct CancelReplacement: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var warrantyID: WarrantyID
    public var draftID: String

    public init(warrantyID: WarrantyID, draftID: String) {
        self.warrantyID = warrantyID
        self.draftID = draftID
    }

    enum CodingKeys: String, CodingKey {
        case warrantyID = "warranty_id"
        case draftID = "draft_id"
    }
}
