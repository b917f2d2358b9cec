import Commerce
import Foundation

extension GorgiasClient {
    /// Posts a message once: one with its key is given as it is now. That it is posted does not say that it is sent;
    /// see its `delivery`.
    ///
    /// After `unknownOutcome` the same call may be made once the settle time has passed.
    ///
    /// Failure: `refused("no_customer_address")` for a reply on a ticket without a customer's address.
    public func post(
        _ draft: HelpdeskDraft, on ticketID: String
    ) async throws(ProviderFailure) -> GorgiasMessage {
        if let present = try await message(of: ticketID, key: draft.key) { return present }
        let ticket = try await ticket(ticketID)
        let email = ticket.customer?.email
        guard !draft.isPublic || email != nil else {
            throw .refused(
                code: "no_customer_address", message: "The ticket's customer has no address to reply to.")
        }
        var attachments: [GorgiasAttachment] = []
        for attachment in draft.attachments { attachments.append(try await upload(attachment)) }
        let draft = draft.translated(to: ticket.language)
        let message =
            draft.isPublic
            ? GorgiasMessageRequest(reply: draft, to: email ?? "", on: ticket, attachments, settings)
            : GorgiasMessageRequest(note: draft, attachments, settings)
        let body = try ProviderJSON.encode(message)
        return try await link.send(
            request("POST", "\(Self.path(ticketID))/messages", body: body), .write, as: GorgiasMessage.self)
    }

    /// Leaves a file with Gorgias, to be named in a message. A file that no message names disturbs nobody.
    func upload(_ attachment: HelpdeskAttachment) async throws(ProviderFailure) -> GorgiasAttachment {
        let form = GorgiasUpload(attachment)
        let request = request(
            "POST", "upload", query: [("type", "attachment")], body: form.body, contentType: form.contentType)
        let stored: [GorgiasAttachment]
        do {
            stored = try await link.send(request, .write, as: [GorgiasAttachment].self)
        } catch {
            // WHY: a second copy of the file is no second effect, so a lost answer is tried again like a lost read.
            guard case .unknownOutcome(let code, let message) = error else { throw error }
            throw .transient(code: code, message: message, retryAfter: nil)
        }
        guard let first = stored.first else {
            throw .transient(
                ProviderWords(code: "malformed_answer", message: "The upload was answered without a file."))
        }
        return first
    }

    /// Adds tags and keeps the others: reads them, merges, writes only when something changes.
    public func addTags(_ tags: [String], to ticketID: String) async throws(ProviderFailure) {
        let present = try await ticket(ticketID).tags
        let missing = tags.filter { tag in !present.contains { $0.lowercased() == tag.lowercased() } }
        guard !missing.isEmpty else { return }
        try await put(ticketID, ["tags": .array((present + missing).map { ["name": .string($0)] })])
    }

    /// Removes tags and keeps the others; those it does not have are no error.
    public func removeTags(_ tags: [String], from ticketID: String) async throws(ProviderFailure) {
        let present = try await ticket(ticketID).tags
        let kept = present.filter { name in !tags.contains { $0.lowercased() == name.lowercased() } }
        guard kept.count < present.count else { return }
        try await put(ticketID, ["tags": .array(kept.map { ["name": .string($0)] })])
    }

    public func setStatus(_ isOpen: Bool, of ticketID: String) async throws(ProviderFailure) {
        try await put(ticketID, ["status": isOpen ? "open" : "closed"])
    }

    public func setFields(_ fields: [HelpdeskField], of ticketID: String) async throws(ProviderFailure) {
        guard !fields.isEmpty else { return }
        let values: [JSONValue] = fields.map { field in
            [
                "id": DecimalText(field.id).wholeNumber.map { .number(.init($0)) } ?? .string(field.id),
                "value": field.value.map(JSONValue.string) ?? .null,
            ]
        }
        try await put(ticketID, ["custom_fields": .array(values)])
    }

    private func put(_ ticketID: String, _ change: JSONValue) async throws(ProviderFailure) {
        let body = try ProviderJSON.encode(change)
        _ = try await link.send(request("PUT", Self.path(ticketID), body: body), .write)
    }
}
