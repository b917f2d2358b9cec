import Commerce
import Messaging

/// Opens the return of goods that came in without one, and says that they are its, which takes them once it is decided
/// on. The same again answers with the return of the order that has them.
///
/// Refused as ``CreateReturn``, and with `not_found`; `not_allowed` where they are another order's return's already;
/// `goods_unknown` while nobody has told what they are; `not_here` for more units than came in.
public struct OpenBlindReturn: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = CreateReturn.Reply
    public var blindReceiptID: BlindReceiptID
    public var request: ReturnRequest
    public var channel: ReturnChannel
    public var reason: String

    public init(blindReceiptID: BlindReceiptID, request: ReturnRequest, channel: ReturnChannel, reason: String) {
        self.blindReceiptID = blindReceiptID
        self.request = request
        self.channel = channel
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case request, channel, reason
        case blindReceiptID = "blind_receipt_id"
    }
}

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
