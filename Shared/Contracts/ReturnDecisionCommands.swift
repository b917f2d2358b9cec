import Commerce
import Messaging

// What people decide about returns.

/// What a person decides about a return that is in review. Refused with `not_allowed` where its state does not permit
/// it, and a no where its money has arrived or its exchange is ordered; a yes to a part with `lines_settled` once
/// anything was done for the whole.
public struct DecideReturn: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var verb: Verb
    /// For timeline and audit: the customer is not told it.
    public var reason: String
    /// What the customer is told of a rejection, beside the policy's own reasons, and of what is not kept.
    public var message: String?
    /// What a yes keeps; everything else leaves the return. Nil keeps all of it.
    public var lines: [Line]?
    /// What the customer of an exchange gets for what is kept.
    public var exchangeLines: [ReturnRequest.ExchangeLine]?

    public enum Verb: String, Codable, Sendable, CaseIterable {
        case approve, reject
    }

    /// Units of one line of the order.
    public struct Line: Codable, Sendable, Equatable {
        public var lineID: String
        public var quantity: Int
        /// For which they come back; tells units of one line apart that come back for several.
        public var reason: String?

        public init(lineID: String, quantity: Int, reason: String? = nil) {
            self.lineID = lineID
            self.quantity = quantity
            self.reason = reason
        }

        enum CodingKeys: String, CodingKey {
            case quantity, reason
            case lineID = "line_id"
        }
    }

    public init(
        returnID: ReturnID, verb: Verb, reason: String, message: String? = nil, lines: [Line]? = nil,
        exchangeLines: [ReturnRequest.ExchangeLine]? = nil
    ) {
        self.returnID = returnID
        self.verb = verb
        self.reason = reason
        self.message = message
        self.lines = lines
        self.exchangeLines = exchangeLines
    }

    enum CodingKeys: String, CodingKey {
        case verb, reason, message, lines
        case returnID = "return_id"
        case exchangeLines = "exchange_lines"
    }
}

/// Takes up a return that was closed and gave nothing back, or whose money a person gave up on: a person decides about
/// it anew. Refused with `not_allowed` where its goods are made good, and with `already_returned` where its units are in
/// another return or refund.
public struct ReopenReturn: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var reason: String

    public init(returnID: ReturnID, reason: String) {
        self.returnID = returnID
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case reason
        case returnID = "return_id"
    }
}
