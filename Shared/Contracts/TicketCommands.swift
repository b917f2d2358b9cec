import Commerce
import Messaging

/// Opens a ticket; one with `return_requested` opens its return and starts the saga of it.
///
/// Refused without effect and with the field that is wrong, as ``CreateReturn``, with `custom_fields.…` for a path.
public struct CreateTicket: Command {
    public static let owner = ServiceName.returns
    public var subject: String
    public var customerEmail: String
    /// `open` when left out.
    public var status: TicketStatus?
    /// The members as JSON text: numbers stay numbers.
    public var customFields: String
    public var helpdesk: ReturnRequest.Helpdesk?
    public var subscription: ReturnRequest.Subscription?

    public struct Reply: Codable, Sendable, Equatable {
        public var ticketID: TicketID

        public init(ticketID: TicketID) { self.ticketID = ticketID }

        enum CodingKeys: String, CodingKey { case ticketID = "ticket_id" }
    }

    public init(
        subject: String, customerEmail: String, status: TicketStatus?, customFields: String,
        helpdesk: ReturnRequest.Helpdesk? = nil, subscription: ReturnRequest.Subscription? = nil
    ) {
        self.subject = subject
        self.customerEmail = customerEmail
        self.status = status
        self.customFields = customFields
        self.helpdesk = helpdesk
        self.subscription = subscription
    }

    enum CodingKeys: String, CodingKey {
        case subject, status, helpdesk, subscription
        case customerEmail = "customer_email"
        case customFields = "custom_fields"
    }
}

/// Changes a ticket. A status is a transition of its life; `item_received` with a condition is receipt, grade and match
/// of every unit of its return. Custom fields are merged, null removes one; a `refund_amount` is kept, compared and
/// never paid.
///
/// Refused with `not_found`, `not_allowed`, `precondition_failed`, or the field that is wrong.
public struct ChangeTicket: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var ticketID: TicketID
    public var subject: String?
    public var status: TicketStatus?
    /// As JSON text.
    public var customFields: String?
    /// The version the caller has seen; nil changes whatever is there.
    public var version: Int?

    public init(
        ticketID: TicketID, subject: String?, status: TicketStatus?, customFields: String?, version: Int?
    ) {
        self.ticketID = ticketID
        self.subject = subject
        self.status = status
        self.customFields = customFields
        self.version = version
    }

    enum CodingKeys: String, CodingKey {
        case subject, status, version
        case ticketID = "ticket_id"
        case customFields = "custom_fields"
    }
}
