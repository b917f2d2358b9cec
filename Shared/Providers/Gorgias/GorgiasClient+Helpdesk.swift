import Commerce

extension GorgiasClient: Helpdesk {
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
        HelpdeskTicket(try await ticket(id))
    }

    public func messages(ofTicket id: String) async throws(ProviderFailure) -> [HelpdeskMessage] {
        try await messages(of: id).map(HelpdeskMessage.init)
    }

    public func post(_ message: HelpdeskDraft, onTicket id: String) async throws(ProviderFailure) -> HelpdeskMessage {
        HelpdeskMessage(try await post(message, on: id))
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

    /// Gorgias knows open and closed: what waits for the customer stays open. It makes no change depend on another.
    public func setStatus(
        _ status: HelpdeskStatus, ofTicket id: String, unlessChangedSince stamp: String?
    ) async throws(ProviderFailure) {
        try await setStatus(status == .open || status == .pending, of: id)
    }
}

extension HelpdeskTicket {
    fileprivate init(_ ticket: GorgiasTicket) {
        let status: HelpdeskStatus? =
            switch ticket.status {
            case .open: .open
            case .closed: .closed
            case .unrecognized: nil
            }
        self.init(
            id: ticket.id, subject: ticket.subject, status: status,
            customer: ticket.customer.map { HelpdeskCustomer(id: $0.id, email: $0.email, name: $0.name) },
            tags: ticket.tags,
            fields: ticket.customFields.sorted { $0.key < $1.key }.map { HelpdeskField(id: $0.key, value: $0.value) },
            updatedAt: ticket.updatedAt)
    }
}

extension HelpdeskMessage {
    fileprivate init(_ message: GorgiasMessage) {
        self.init(
            id: message.id, isPublic: message.isPublic, isFromAgent: message.isFromAgent,
            text: message.text ?? message.html, key: message.externalID,
            attachmentNames: message.attachments.compactMap(\.name), createdAt: message.createdAt,
            delivery: message.delivery)
    }
}
