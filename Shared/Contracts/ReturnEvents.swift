import Commerce
import Messaging

/// A return was asked for and its units are held; its saga begins.
public struct ReturnRequested: Event {
    public static let type = "return.requested"
    public var returnID: ReturnID
    public var orderID: OrderID

    public init(returnID: ReturnID, orderID: OrderID) {
        self.returnID = returnID
        self.orderID = orderID
    }

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case orderID = "order_id"
    }
}

/// A person has decided on a return that was in review.
public struct ReturnReviewed: Event {
    public static let type = "return.reviewed"
    public static let source = EventSource.human
    public var returnID: ReturnID
    public var approved: Bool
    public var reason: String
    /// Whether goods had come in by then; nil in news of builds that did not tell.
    public var goodsAreHere: Bool?
    /// What follows from what is left of it, where only a part is approved; nil where all of it is.
    public var plan: ReturnPlan?

    public init(
        returnID: ReturnID, approved: Bool, reason: String, goodsAreHere: Bool? = false, plan: ReturnPlan? = nil
    ) {
        self.returnID = returnID
        self.approved = approved
        self.reason = reason
        self.goodsAreHere = goodsAreHere
        self.plan = plan
    }

    enum CodingKeys: String, CodingKey {
        case approved, reason, plan
        case returnID = "return_id"
        case goodsAreHere = "goods_are_here"
    }
}

/// Goods of a return have come in, all of them or a part.
public struct ReturnReceived: Event {
    public static let type = "return.received"
    public var returnID: ReturnID

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// Goods of a return were looked at.
public struct ReturnInspected: Event {
    public static let type = "return.inspected"
    public var returnID: ReturnID
    /// Whether grade and match are known of every unit that has come in, and none is awaited any more.
    public var isComplete: Bool

    public init(returnID: ReturnID, isComplete: Bool) {
        self.returnID = returnID
        self.isComplete = isComplete
    }

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case isComplete = "is_complete"
    }
}

/// The money of a return's refund has arrived, or will not.
public struct ReturnRefundSettled: Event {
    public static let type = "return.refund_settled"
    public var returnID: ReturnID
    public var refundID: RefundID
    /// `succeeded` or `failed`.
    public var status: RefundStatus

    public init(returnID: ReturnID, refundID: RefundID, status: RefundStatus) {
        self.returnID = returnID
        self.refundID = refundID
        self.status = status
    }

    enum CodingKeys: String, CodingKey {
        case status
        case returnID = "return_id"
        case refundID = "refund_id"
    }
}

/// The customer has paid what an exchange costs beyond the returned goods.
public struct ExchangePaid: Event {
    public static let type = "exchange.paid"
    public static let source = EventSource.human
    public var returnID: ReturnID

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}
