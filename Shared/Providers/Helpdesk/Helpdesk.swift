import Commerce

/// What every helpdesk can do with a ticket.
///
/// *Guarantees*: a message is posted once for its key; the other writes say what shall be, so repeating them is harmless.
public protocol Helpdesk: Sendable {
    /// Whether the workspace wants a ticket closed once what it was about is over.
    var closesTickets: Bool { get }

    /// The ticket with its customer. Failure: `refused` when there is none.
    func ticket(id: String) async throws(ProviderFailure) -> HelpdeskTicket

    /// What was written on a ticket, oldest first.
    func messages(ofTicket id: String) async throws(ProviderFailure) -> [HelpdeskMessage]

    /// Posts a message with its attachments, unless one with its key is there.
    ///
    /// After `unknownOutcome` the same call may be made once the settle time has passed: what landed late is found then.
    func post(_ message: HelpdeskDraft, onTicket id: String) async throws(ProviderFailure) -> HelpdeskMessage

    /// Adds tags and leaves the others alone.
    func addTags(_ tags: [String], toTicket id: String) async throws(ProviderFailure)

    /// Removes tags; those it does not have are no error.
    func removeTags(_ tags: [String], fromTicket id: String) async throws(ProviderFailure)

    /// What a return writes into the custom fields that the account has for it; none where it has none.
    func fields(returnNumber: String, trackingNumber: String?) -> [HelpdeskField]

    /// Sets custom fields, by the helpdesk's id of the field, and leaves the others alone.
    func setFields(_ fields: [HelpdeskField], ofTicket id: String) async throws(ProviderFailure)

    /// - Parameter stamp: `updatedAt` of the ticket as it was read. A helpdesk that can makes no change to a ticket that
    ///   somebody has changed since: `transient`, to be read and thought over again.
    func setStatus(
        _ status: HelpdeskStatus, ofTicket id: String, unlessChangedSince stamp: String?
    ) async throws(ProviderFailure)
}
