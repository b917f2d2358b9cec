import Commerce

extension ZendeskClient {
    /// Writes a comment once: one with its key is given as it is now. Its files are uploaded first.
    ///
    /// After `unknownOutcome` the same call may be made once the settle time has passed.
    ///
    /// - Parameter stamp: `updatedAt` of the ticket as it was read: when anybody has written since, the comment is
    ///   refused with `UpdateConflict`, to be thought over.
    ///
    /// Failure: `refused("RecordInvalid")` on a closed ticket.
    public func comment(
        _ draft: HelpdeskDraft, on ticketID: String, unlessChangedSince stamp: String? = nil
    ) async throws(ProviderFailure) -> ZendeskAudit {
        if let present = try await audit(of: ticketID, key: draft.key) { return present }
        var uploads: [String] = []
        for attachment in draft.attachments { uploads.append(try await upload(attachment)) }
        let draft = try await translated(draft, on: ticketID)
        var change = ZendeskTicketChange()
        change.comment = ZendeskTicketChange.Comment(draft, uploads)
        change.metadata = [ZendeskAudit.keyName: draft.key]
        change.stamp = stamp
        let answer = try await put(change, ticketID, as: AuditAnswer.self)
        return answer.audit
    }

    /// In the language of the ticket's requester: a ticket itself has none.
    private func translated(
        _ draft: HelpdeskDraft, on ticketID: String
    ) async throws(ProviderFailure) -> HelpdeskDraft {
        guard !draft.translations.isEmpty, let requester = try await ticket(ticketID).requesterID else { return draft }
        do {
            return draft.translated(to: try await user(requester).locale)
        } catch {
            // A person that nobody knows any more has no language.
            guard case .refused = error else { throw error }
            return draft
        }
    }

    /// Adds tags and leaves the others alone. Idempotent.
    public func addTags(_ tags: [String], to ticketID: String) async throws(ProviderFailure) {
        guard !tags.isEmpty else { return }
        let body = try ProviderJSON.encode(["tags": tags])
        _ = try await updateLink.send(request("PUT", "\(Self.path(ticketID))/tags.json", body: body), .write)
    }

    /// Removes tags; those it does not have are no error. Reads and writes back, refused with `UpdateConflict` when the
    /// ticket changed between the two.
    public func removeTags(_ tags: [String], from ticketID: String) async throws(ProviderFailure) {
        let present = try await ticket(ticketID)
        let unwanted = Set(tags.map { $0.lowercased() })
        let kept = present.tags.filter { !unwanted.contains($0.lowercased()) }
        guard kept.count < present.tags.count else { return }
        var change = ZendeskTicketChange()
        change.tags = kept
        change.stamp = present.updatedAt
        try await put(change, ticketID)
    }

    public func setFields(_ fields: [HelpdeskField], of ticketID: String) async throws(ProviderFailure) {
        guard !fields.isEmpty else { return }
        var change = ZendeskTicketChange()
        change.fields = fields
        try await put(change, ticketID)
    }

    /// - Parameter stamp: `updatedAt` of the ticket as it was read: refused with `UpdateConflict` when anybody has changed
    ///   it since.
    public func setStatus(
        _ status: ZendeskTicket.Status, of ticketID: String, unlessChangedSince stamp: String? = nil
    ) async throws(ProviderFailure) {
        var change = ZendeskTicketChange()
        change.status = status.word
        change.stamp = stamp
        try await put(change, ticketID)
    }

    /// Leaves a file with Zendesk and gives the token that one comment may name, within the hour.
    func upload(_ attachment: HelpdeskAttachment) async throws(ProviderFailure) -> String {
        let request = request(
            "POST", "uploads.json", query: [("filename", attachment.name)], body: attachment.bytes,
            contentType: attachment.contentType)
        do {
            return try await link.send(request, .write, as: UploadAnswer.self).upload.token
        } catch {
            // WHY: a file that no comment names disturbs nobody, so a lost answer is tried again like a lost read.
            guard case .unknownOutcome(let code, let message) = error else { throw error }
            throw .transient(code: code, message: message, retryAfter: nil)
        }
    }

    private func put(_ change: ZendeskTicketChange, _ ticketID: String) async throws(ProviderFailure) {
        _ = try await put(change, ticketID, as: TicketAnswer.self)
    }

    private func put<Answer: Decodable>(
        _ change: ZendeskTicketChange, _ ticketID: String, as type: Answer.Type
    ) async throws(ProviderFailure) -> Answer {
        let body = try ProviderJSON.encode(["ticket": change])
        return try await updateLink.send(
            request("PUT", "\(Self.path(ticketID)).json", body: body), .write, as: type)
    }
}

private struct AuditAnswer: Decodable {
    let audit: ZendeskAudit
}

private struct UploadAnswer: Decodable {
    struct Upload: Decodable {
        let token: String
    }

    let upload: Upload
}

extension ZendeskTicket.Status {
    fileprivate var word: String {
        switch self {
        case .new: "new"
        case .open: "open"
        case .pending: "pending"
        case .hold: "hold"
        case .solved: "solved"
        case .closed: "closed"
        case .unrecognized(let word): word
        }
    }
}
