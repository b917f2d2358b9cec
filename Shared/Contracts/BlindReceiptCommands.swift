import Commerce
import Messaging

/// Goods that came in and that no return awaited are those of this return: they are received for it as all others are.
/// The same again changes nothing.
///
/// Refused with `not_allowed` where they are another return's already, or the return awaits nothing any more;
/// `unknown_return`; `same_return` for what came beside the return's own goods; `nothing_awaited` where it has none of them.
public struct MatchBlindReceipt: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var blindReceiptID: BlindReceiptID
    public var returnID: ReturnID
    public var reason: String

    public init(blindReceiptID: BlindReceiptID, returnID: ReturnID, reason: String) {
        self.blindReceiptID = blindReceiptID
        self.returnID = returnID
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case reason
        case blindReceiptID = "blind_receipt_id"
        case returnID = "return_id"
    }
}

/// Goods that came in and that no return awaited are no return's. The same again changes nothing.
///
/// Refused with `not_allowed` where they are a return's already.
public struct DismissBlindReceipt: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var blindReceiptID: BlindReceiptID
    /// What has become of them.
    public var reason: String

    public init(blindReceiptID: BlindReceiptID, reason: String) {
        self.blindReceiptID = blindReceiptID
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case reason
        case blindReceiptID = "blind_receipt_id"
    }
}
