import Commerce
import Messaging

/// Reads an order and its payments in the shop and posts what the ledger does not have yet: captures, refunds that
/// were made there by hand, refunds that have failed since, disputes. Nothing to do for an order that has no shop.
public struct ReadOrderPayments: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var orderID: OrderID
    /// The webhook that tells of the order as a whole, where one does: it spares asking the shop for the order.
    public var receivedID: ReceivedID?

    public init(orderID: OrderID, receivedID: ReceivedID? = nil) {
        self.orderID = orderID
        self.receivedID = receivedID
    }

    enum CodingKeys: String, CodingKey {
        case orderID = "order_id"
        case receivedID = "received_id"
    }
}

/// Asks for money of an order to be given back: for units of its lines, or an amount. Posts `requested` and reserves
/// the room of its tenders and the units.
///
/// Refused with `nothing_refundable` where there is no room, `unit_unavailable` where units are held already.
public struct RequestRefund: Command {
    public static let owner = ServiceName.returns
    public var orderID: OrderID
    /// Exactly one of lines and amount.
    public var lines: [Line]?
    /// A decimal in the order's currency.
    public var amount: String?
    public var reason: String
    /// The fees, grades and shipping that count for the lines; nil for none, so that they are refunded in full.
    public var policy: RefundPolicyForm?
    /// Back the way it came, which it is when left out, or as store credit, no more than the payments have left either.
    public var resolution: ReturnResolution?

    /// Units of a line, and what was decided about them, as the refund calculation takes it.
    public struct Line: Codable, Sendable, Equatable {
        public var lineID: String
        public var quantity: Int
        public var grade: String?
        public var reason: String?
        public var feesWaivedBy: String?
        public var kept: Kept?

        public init(
            lineID: String, quantity: Int, grade: String? = nil, reason: String? = nil, feesWaivedBy: String? = nil,
            kept: Kept? = nil
        ) {
            self.lineID = lineID
            self.quantity = quantity
            self.grade = grade
            self.reason = reason
            self.feesWaivedBy = feesWaivedBy
            self.kept = kept
        }

        enum CodingKeys: String, CodingKey {
            case quantity, grade, reason, kept
            case lineID = "line_id"
            case feesWaivedBy = "fees_waived_by"
        }
    }

    /// The goods do not come back; this percentage of their price is refunded.
    public struct Kept: Codable, Sendable, Equatable {
        public var percent: String
        /// What decided it, e.g. `rule cheap-items`.
        public var by: String?

        public init(percent: String, by: String? = nil) {
            self.percent = percent
            self.by = by
        }
    }

    public struct Reply: Codable, Sendable, Equatable {
        public var refundID: RefundID

        public init(refundID: RefundID) { self.refundID = refundID }

        enum CodingKeys: String, CodingKey { case refundID = "refund_id" }
    }

    public init(
        orderID: OrderID, lines: [Line]?, amount: String?, reason: String, policy: RefundPolicyForm? = nil,
        resolution: ReturnResolution? = nil
    ) {
        self.orderID = orderID
        self.lines = lines
        self.amount = amount
        self.reason = reason
        self.policy = policy
        self.resolution = resolution
    }

    enum CodingKeys: String, CodingKey {
        case lines, amount, reason, policy, resolution
        case orderID = "order_id"
    }
}

/// Puts a return policy in force, as the workspace's next version. Refused with what is wrong with it.
public struct SetReturnPolicy: Command {
    public static let owner = ServiceName.returns
    /// The policy's JSON as text.
    public var policy: String

    public struct Reply: Codable, Sendable, Equatable {
        public var version: Int

        public init(version: Int) { self.version = version }
    }

    public init(policy: String) { self.policy = policy }
}
