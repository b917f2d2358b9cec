import Commerce
import Messaging

// Decided by `returns` alone, in its own tables. What it does elsewhere is in ReturnProviderCommands.

/// Opens a return: finds the order, checks what is asked for against it, what is held and the policy, holds the units,
/// and starts the saga of it.
///
/// Refused without effect and with the field that is wrong: `unknown_order`, `unknown_line`, `bad_quantity`,
/// `already_returned`, `foreign_currency`, … For an exchange the shop is asked first: `unknown_sku`, `not_sold`,
/// `not_available`.
public struct CreateReturn: Command {
    public static let owner = ServiceName.returns
    public var request: ReturnRequest
    public var channel: ReturnChannel

    public struct Reply: Codable, Sendable, Equatable {
        public var returnID: ReturnID

        public init(returnID: ReturnID) { self.returnID = returnID }

        enum CodingKeys: String, CodingKey { case returnID = "return_id" }
    }

    public init(request: ReturnRequest, channel: ReturnChannel) {
        self.request = request
        self.channel = channel
    }
}

/// Decides by the policy that was in force when the return was asked for, as things are now.
public struct CheckReturn: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID

    public struct Reply: Codable, Sendable, Equatable {
        public var outcome: ReturnDecision.Outcome
        /// Why, where it is rejected.
        public var reason: Refusal?
        public var plan: ReturnPlan
        /// Whether a person has approved a return whose goods had come in while it was called off, or it was opened for
        /// goods that had come in; nil otherwise.
        public var goodsAreHere: Bool?

        public init(
            outcome: ReturnDecision.Outcome, reason: Refusal?, plan: ReturnPlan, goodsAreHere: Bool? = nil
        ) {
            self.outcome = outcome
            self.reason = reason
            self.plan = plan
            self.goodsAreHere = goodsAreHere
        }

        enum CodingKeys: String, CodingKey {
            case outcome, reason, plan
            case goodsAreHere = "goods_are_here"
        }
    }

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// What the saga of a return needs to know of it. Times in whole seconds.
public struct ReturnPlan: Codable, Sendable, Equatable {
    /// What is put off of a subscription that goes on.
    public enum ChargeDelay: Codable, Sendable, Equatable {
        /// The next charge is left out.
        case skip
        /// The next charge is put off by so many days.
        case pause(days: Int)
    }

    public var orderID: OrderID
    public var resolution: ReturnResolution
    /// Whether any goods come back; what customers may keep does not.
    public var comesBack: Bool
    /// Whether the customer is given a label; otherwise the parcel is theirs to arrange.
    public var hasLabel: Bool
    public var cancelsSubscription: Bool
    /// Within which a person should decide.
    public var reviewSeconds: Int
    /// After the label was sent; in rising order.
    public var reminderSeconds: [Int]
    public var expirySeconds: Int
    /// How long grade and match may take once the goods are here.
    public var receiptWaitSeconds: Int
    /// Whether it came with a helpdesk's ticket, which is closed with it; nil from a build that closed none.
    public var hasTicket: Bool?
    /// How a charge of its subscription is put off; nil where none is, and from a build that put none off.
    public var chargeDelay: ChargeDelay?

    public init(
        orderID: OrderID, resolution: ReturnResolution, comesBack: Bool, hasLabel: Bool, cancelsSubscription: Bool,
        reviewSeconds: Int, reminderSeconds: [Int], expirySeconds: Int, receiptWaitSeconds: Int, hasTicket: Bool? = nil,
        chargeDelay: ChargeDelay? = nil
    ) {
        self.orderID = orderID
        self.resolution = resolution
        self.comesBack = comesBack
        self.hasLabel = hasLabel
        self.cancelsSubscription = cancelsSubscription
        self.reviewSeconds = reviewSeconds
        self.reminderSeconds = reminderSeconds
        self.expirySeconds = expirySeconds
        self.receiptWaitSeconds = receiptWaitSeconds
        self.hasTicket = hasTicket
        self.chargeDelay = chargeDelay
    }

    enum CodingKeys: String, CodingKey {
        case resolution
        case orderID = "order_id"
        case comesBack = "comes_back"
        case hasLabel = "has_label"
        case cancelsSubscription = "cancels_subscription"
        case reviewSeconds = "review_seconds"
        case reminderSeconds = "reminder_seconds"
        case expirySeconds = "expiry_seconds"
        case receiptWaitSeconds = "receipt_wait_seconds"
        case hasTicket = "has_ticket"
        case chargeDelay = "charge_delay"
    }
}

/// Ends a return that does not go on: releases its units and tells the customer. Undo of ``CheckReturn``.
///
/// One whose exchange is ordered stays in review, for a person to bring it to its end. Of the others, one that was
/// rejected or has expired stays so; one whose goods are here stays in review, for a person to decide what becomes of
/// them; every other is cancelled.
public struct WithdrawReturn: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// Hands a return to a person, with what is to be decided.
public struct ReviewReturn: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var reason: Refusal

    public init(returnID: ReturnID, reason: Refusal) {
        self.returnID = returnID
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case reason
        case returnID = "return_id"
    }
}

extension Refusal {
    /// The code of a review of a parcel that the carrier took and nobody has seen since.
    public static let parcelLost = "parcel_lost"
}

/// Tells the workspace's people that a review is overdue.
public struct EscalateReview: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// The customer has the label, or has been told where to send the parcel.
public struct RecordLabelSent: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// Tells the customer something about a return, by e-mail, once for each (notice, version).
///
/// A mail that cannot be sent is shown and is no refusal: the return goes on without it.
public struct NotifyReturnCustomer: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var notice: MailName
    /// Tells the reminders apart.
    public var version: String

    public init(returnID: ReturnID, notice: MailName, version: String = "1") {
        self.returnID = returnID
        self.notice = notice
        self.version = version
    }

    enum CodingKeys: String, CodingKey {
        case notice, version
        case returnID = "return_id"
    }
}

/// Reminds the customer of a parcel that nobody has seen yet; nothing to do for one that is on its way.
public struct RemindOfReturn: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    /// 1 for the first.
    public var number: Int

    public init(returnID: ReturnID, number: Int) {
        self.returnID = returnID
        self.number = number
    }

    enum CodingKeys: String, CodingKey {
        case number
        case returnID = "return_id"
    }
}

/// Scheduled by the delivery of a parcel at the warehouse: tells people of goods that are not received by then.
public struct CheckReturnArrival: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    /// The life of the return that the parcel belongs to, from 1.
    public var generation: Int

    public init(returnID: ReturnID, generation: Int) {
        self.returnID = returnID
        self.generation = generation
    }

    enum CodingKeys: String, CodingKey {
        case generation
        case returnID = "return_id"
    }
}

/// Reads grade and match of what has come in, as they are now, and says what follows from them.
public struct AssessReturn: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID
    /// Whether nothing more is waited for: what is not known by now goes to a person.
    public var isFinal: Bool

    public struct Reply: Codable, Sendable, Equatable {
        public enum Verdict: String, Codable, Sendable, CaseIterable {
            /// Grade or match of a unit is not known yet.
            case wait
            /// The policy lets the money go back without anybody looking at it.
            case refund
            /// A person decides; the return is in review.
            case review
        }

        public var verdict: Verdict
        public var reason: Refusal?

        public init(verdict: Verdict, reason: Refusal? = nil) {
            self.verdict = verdict
            self.reason = reason
        }
    }

    public init(returnID: ReturnID, isFinal: Bool) {
        self.returnID = returnID
        self.isFinal = isFinal
    }

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case isFinal = "is_final"
    }
}

/// Asks for the refund of what has come in: by grade, on the return's own terms. Posts `requested`; moves no money.
public struct RequestReturnRefund: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID

    public struct Reply: Codable, Sendable, Equatable {
        /// Nil where nothing is to be given back.
        public var refundID: RefundID?
        /// What the refund comes to, as a decimal.
        public var amount: String
        public var currency: String
        /// What is added once it has arrived as store credit, as a decimal; nil for nothing.
        public var bonus: String?

        public init(refundID: RefundID?, amount: String, currency: String, bonus: String? = nil) {
            self.refundID = refundID
            self.amount = amount
            self.currency = currency
            self.bonus = bonus
        }

        enum CodingKeys: String, CodingKey {
            case amount, currency, bonus
            case refundID = "refund_id"
        }
    }

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// Everything is done: the return rests. One that a person has rejected after its money failed to arrive ends as that: its
/// units are free and its customer is told.
public struct CloseReturn: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}
