import Commerce

extension ZendeskClient: Helpdesk {
    public var closesTickets: Bool { settings.closesTickets }

    public func fields(returnNumber: String, trackingNumber: String?) -> [HelpdeskField] {
        let values: [(String?, String?)] = [
            (settings.returnNumberField, returnNumber), (settings.trackingNumberField, trackingNumber),
        ]
        return values.compactMap { id, value in
            guard let id, let value else { return nil }
            return HelpdeskField(id: id, value: value)
        }
    }

    public func ticket(id: String) async throws(ProviderFailure) -> HelpdeskTicket {
        let ticket = try await ticket(id)
        var customer: HelpdeskCustomer?
        if let requester = ticket.requesterID {
            let user = try await user(requester)
            customer = HelpdeskCustomer(id: user.id, email: user.email, name: user.name)
        }
        return HelpdeskTicket(ticket, customer)
    }

    public func messages(ofTicket id: String) async throws(ProviderFailure) -> [HelpdeskMessage] {
        try await audits(of: id).flatMap { $0.messages }
    }

    /// Failure: `unknownOutcome` also when Zendesk took the comment and shows none.
    public func post(_ message: HelpdeskDraft, onTicket id: String) async throws(ProviderFailure) -> HelpdeskMessage {
        guard let posted = try await comment(message, on: id).messages.first else { throw .malformedAnswer(.write) }
        return posted
    }

    public func addTags(_ tags: [String], toTicket id: String) async throws(ProviderFailure) {
        try await addTags(tags, to: id)
    }

    public func removeTags(_ tags: [String], fromTicket id: String) async throws(ProviderFailure) {
        try await removeTags(tags, from: id)
    }

    public func setFields(_ fields: [HelpdeskField], ofTicket id: String) async throws(ProviderFailure) {
        try await setFields(fields, of: id)
    }

    /// Zendesk closes a solved ticket by itself; what shall be closed is solved, so that the customer can still answer.
    public func setStatus(
        _ status: HelpdeskStatus, ofTicket id: String, unlessChangedSince stamp: String?
    ) async throws(ProviderFailure) {
        let own: ZendeskTicket.Status =
            switch status {
            case .open: .open
            case .pending: .pending
            case .solved, .closed: .solved
            }
        do {
            try await setStatus(own, of: id, unlessChangedSince: stamp)
        } catch {
            guard case .refused(ZendeskErrorWords.conflict, let message) = error else { throw error }
            throw .transient(code: ZendeskErrorWords.conflict, message: message, retryAfter: nil)
        }
    }
}

extension HelpdeskTicket {
    fileprivate init(_ ticket: ZendeskTicket, _ customer: HelpdeskCustomer?) {
        let status: HelpdeskStatus? =
            switch ticket.status {
            case .new, .open, .hold: .open
            case .pending: .pending
            case .solved: .solved
            case .closed: .closed
            case .unrecognized: nil
            }
        self.init(
            id: ticket.id, subject: ticket.subject, status: status, customer: customer, tags: ticket.tags,
            fields: ticket.customFields.sorted { $0.key < $1.key }.map { HelpdeskField(id: $0.key, value: $0.value) },
            updatedAt: ticket.updatedAt)
    }
}

extension ZendeskAudit {
    fileprivate var messages: [HelpdeskMessage] {
        comments.map { comment in
            HelpdeskMessage(
                id: comment.id, isPublic: comment.isPublic, isFromAgent: nil, text: comment.text ?? comment.html,
                key: key, attachmentNames: comment.attachmentNames, createdAt: createdAt)
        }
    }
}
