import Commerce
import Messaging

/// A claim was made and its units are held; its saga begins.
public struct WarrantyRequested: Event {
    public static let type = "warranty.requested"
    public var warrantyID: WarrantyID

    public init(warrantyID: WarrantyID) { self.warrantyID = warrantyID }

    enum CodingKeys: String, CodingKey { case warrantyID = "warranty_id" }
}

/// A person has decided on a claim that was in review.
public struct WarrantyReviewed: Event {
    public static let type = "warranty.reviewed"
    public static let source = EventSource.human
    public var warrantyID: WarrantyID
    public var approved: Bool
    public var reason: String
    /// Whether goods had come in by then; nil in news of builds that did not tell.
    public var goodsAreHere: Bool?

    public init(warrantyID: WarrantyID, approved: Bool, reason: String, goodsAreHere: Bool? = false) {
        self.warrantyID = warrantyID
        self.approved = approved
        self.reason = reason
        self.goodsAreHere = goodsAreHere
    }

    enum CodingKeys: String, CodingKey {
        case approved, reason
        case warrantyID = "warranty_id"
        case goodsAreHere = "goods_are_here"
    }
}

/// Goods of a claim have come in, all of them or a part.
public struct WarrantyReceived: Event {
    public static let type = "warranty.received"
    public var warrantyID: WarrantyID

    public init(warrantyID: WarrantyID) { self.warrantyID = warrantyID }

    enum CodingKeys: String, CodingKey { case warrantyID = "warranty_id" }
}

/// Somebody has looked at the goods of a claim.
public struct WarrantyInspected: Event {
    public static let type = "warranty.inspected"
    public static let source = EventSource.human
    public var warrantyID: WarrantyID
    public var finding: WarrantyFinding

    public init(warrantyID: WarrantyID, finding: WarrantyFinding) {
        self.warrantyID = warrantyID
        self.finding = finding
    }

    enum CodingKeys: String, CodingKey {
        case finding
        case warrantyID = "warranty_id"
    }
}

/// A repair has ended.
public struct RepairEnded: Event {
    public static let type = "warranty.repair_ended"
    public static let source = EventSource.human
    public var warrantyID: WarrantyID
    public var isRepaired: Bool

    public init(warrantyID: WarrantyID, isRepaired: Bool) {
        self.warrantyID = warrantyID
        self.isRepaired = isRepaired
    }

    enum CodingKeys: String, CodingKey {
        case warrantyID = "warranty_id"
        case isRepaired = "is_repaired"
    }
}

/// The money of a claim's refund has arrived, or will not.
public struct WarrantyRefundSettled: Event {
    public static let type = "warranty.refund_settled"
    public var warrantyID: WarrantyID
    public var refundID: RefundID
    /// `succeeded` or `failed`.
    public var status: RefundStatus

    public init(warrantyID: WarrantyID, refundID: RefundID, status: RefundStatus) {
        self.warrantyID = warrantyID
        self.refundID = refundID
        self.status = status
    }

    enum CodingKeys: String, CodingKey {
        case status
        case warrantyID = "warranty_id"
        case refundID = "refund_id"
    }
}
