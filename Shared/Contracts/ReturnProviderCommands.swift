import Commerce
import Messaging

// What `returns` does at the providers for a return, each once per return and generation.

/// Authorizes the goods in the ERP; nothing to do for an order that has no sales order there.
public struct AuthorizeReturn: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID

    public struct Reply: Codable, Sendable, Equatable {
        public var authorizationID: String?

        public init(authorizationID: String?) { self.authorizationID = authorizationID }

        enum CodingKeys: String, CodingKey { case authorizationID = "authorization_id" }
    }

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// Undo of ``AuthorizeReturn``.
public struct CancelReturnAuthorization: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var authorizationID: String

    public init(returnID: ReturnID, authorizationID: String) {
        self.returnID = returnID
        self.authorizationID = authorizationID
    }

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case authorizationID = "authorization_id"
    }
}

/// Announces the goods to the warehouse; nothing to do where the workspace has none.
public struct AnnounceReturn: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID

    public struct Reply: Codable, Sendable, Equatable {
        /// The warehouse's number of the return.
        public var number: String?

        public init(number: String?) { self.number = number }
    }

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// Undo of ``AnnounceReturn``.
public struct CancelReturnAnnouncement: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var number: String

    public init(returnID: ReturnID, number: String) {
        self.returnID = returnID
        self.number = number
    }

    enum CodingKeys: String, CodingKey {
        case number
        case returnID = "return_id"
    }
}

/// Cancels the subscription that the goods came from.
public struct CancelReturnSubscription: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID

    public struct Reply: Codable, Sendable, Equatable {
        /// False where it was cancelled before, which nothing here takes back.
        public var byUs: Bool
        /// `YYYY-MM-DD`, which a cancellation forgets.
        public var nextChargeDate: String?

        public init(byUs: Bool, nextChargeDate: String?) {
            self.byUs = byUs
            self.nextChargeDate = nextChargeDate
        }

        enum CodingKeys: String, CodingKey {
            case byUs = "by_us"
            case nextChargeDate = "next_charge_date"
        }
    }

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// Undo of ``CancelReturnSubscription``: it goes on as if it had never been cancelled.
public struct RestoreReturnSubscription: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var nextChargeDate: String?

    public init(returnID: ReturnID, nextChargeDate: String?) {
        self.returnID = returnID
        self.nextChargeDate = nextChargeDate
    }

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case nextChargeDate = "next_charge_date"
    }
}

/// Has the payment provider give the money of a refund back, once, whatever becomes of the answer.
///
/// A refusal of the provider is no refusal here: the refund has failed then, and its room is free again.
public struct SendRefund: Command {
    public static let owner = ServiceName.returns
    public var refundID: RefundID

    public struct Reply: Codable, Sendable, Equatable {
        /// `pending`, `succeeded`, `failed` or `requires_action`.
        public var status: RefundStatus
        /// Why it failed.
        public var error: Refusal?

        public init(status: RefundStatus, error: Refusal? = nil) {
            self.status = status
            self.error = error
        }
    }

    public init(refundID: RefundID) { self.refundID = refundID }

    enum CodingKeys: String, CodingKey { case refundID = "refund_id" }

    /// Of the effect that gives the money back.
    public static func effectKey(_ id: RefundID) -> String { "refund:\(id)" }

    /// Of the effect that has the shop's part where the first has waited for Stripe.
    public static func shopEffectKey(_ id: RefundID) -> String { "refund:\(id):shop" }
}

/// Asks the payment provider how far a refund has come.
public struct CheckRefund: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = SendRefund.Reply
    public var refundID: RefundID

    public init(refundID: RefundID) { self.refundID = refundID }

    enum CodingKeys: String, CodingKey { case refundID = "refund_id" }
}

/// Enters in the ERP what has come in: sellable grades into stock, the others not. After the refund has succeeded, or
/// where there is none to wait for.
public struct RecordReturnReceipt: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID

    public struct Reply: Codable, Sendable, Equatable {
        public var receiptID: String?

        public init(receiptID: String?) { self.receiptID = receiptID }

        enum CodingKeys: String, CodingKey { case receiptID = "receipt_id" }
    }

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// Enters in the ERP what was given back for it. After the refund has succeeded and the goods are entered.
public struct RecordReturnCredit: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID

    public struct Reply: Codable, Sendable, Equatable {
        public var creditID: String?

        public init(creditID: String?) { self.creditID = creditID }

        enum CodingKeys: String, CodingKey { case creditID = "credit_id" }
    }

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// Enters a refund in the books of a workspace that keeps them in QuickBooks; nothing to do for others. After it has
/// succeeded.
public struct RecordRefundInBooks: Command {
    public static let owner = ServiceName.returns
    public var refundID: RefundID

    public struct Reply: Codable, Sendable, Equatable {
        public var documentID: String?

        public init(documentID: String?) { self.documentID = documentID }

        enum CodingKeys: String, CodingKey { case documentID = "document_id" }
    }

    public init(refundID: RefundID) { self.refundID = refundID }

    enum CodingKeys: String, CodingKey { case refundID = "refund_id" }
}

/// Sets the goods of an exchange aside in the shop, less what the returned ones are worth, and asks the customer for
/// what is missing. They are reserved where the shop agrees to it; people are told where it does not. Where an earlier
/// life of the return was called off after they had been ordered, it finds those.
public struct OpenExchange: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID

    public struct Reply: Codable, Sendable, Equatable {
        /// The draft order at the shop.
        public var draftID: String
        /// What the customer has to pay, as a decimal; zero where nothing.
        public var due: String
        public var isPaid: Bool

        public init(draftID: String, due: String, isPaid: Bool) {
            self.draftID = draftID
            self.due = due
            self.isPaid = isPaid
        }

        enum CodingKeys: String, CodingKey {
            case due
            case draftID = "draft_id"
            case isPaid = "is_paid"
        }
    }

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// Lets the goods of an exchange go: makes the draft an order where nothing is due, or finds the order that the payment
/// has made of it.
public struct CompleteExchange: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID
    public var draftID: String

    public struct Reply: Codable, Sendable, Equatable {
        /// The shop's order of the new goods; nil while it is not paid.
        public var orderID: String?

        public init(orderID: String?) { self.orderID = orderID }

        enum CodingKeys: String, CodingKey { case orderID = "order_id" }
    }

    public init(returnID: ReturnID, draftID: String) {
        self.returnID = returnID
        self.draftID = draftID
    }

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case draftID = "draft_id"
    }
}

/// Takes the goods of an exchange back that nobody paid for. Undo of ``OpenExchange``.
public struct CancelExchange: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID
    public var draftID: String

    public struct Reply: Codable, Sendable, Equatable {
        /// The shop's order that they have become, which stays: they were paid for meanwhile. Nil where they are taken back.
        public var orderID: String?

        public init(orderID: String?) { self.orderID = orderID }

        enum CodingKeys: String, CodingKey { case orderID = "order_id" }
    }

    public init(returnID: ReturnID, draftID: String) {
        self.returnID = returnID
        self.draftID = draftID
    }

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case draftID = "draft_id"
    }
}

/// Reads a return at the warehouse and writes down what has come in there.
public struct ReadWarehouseReturn: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    /// The warehouse's number of the return.
    public var number: String

    public init(returnID: ReturnID, number: String) {
        self.returnID = returnID
        self.number = number
    }

    enum CodingKeys: String, CodingKey {
        case number
        case returnID = "return_id"
    }
}

/// Reads where the parcel of a return is, of which a scan was told, and goes by what it reads.
public struct ReadReturnParcel: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var trackingNumber: String
    /// What the scan tells: counts only where the carriers' broker does not know the label any more.
    public var told: ShipmentStatus

    public init(returnID: ReturnID, trackingNumber: String, told: ShipmentStatus) {
        self.returnID = returnID
        self.trackingNumber = trackingNumber
        self.told = told
    }

    enum CodingKeys: String, CodingKey {
        case told
        case returnID = "return_id"
        case trackingNumber = "tracking_number"
    }
}

/// Scheduled every 5 minutes: has each return read that the warehouse tells something new of, whether or not its hint
/// came; nothing to do where the workspace has no warehouse.
public struct PollWarehouseReturns: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done

    public init() {}
}
