import Commerce

extension QuickBooksClient {
    // LIMIT: times that what was made is found deleted; more is somebody at work against us.
    private static let generationsMax = 5

    /// Enters a refund once: a document that is there under the number is taken as it is.
    ///
    /// May be called again at once after `unknownOutcome`: the request id replays the first answer. Where that answer
    /// is about a document that was deleted since, the next generation of the id is used.
    /// Failure: `refused` with Intuit's code, e.g. `6000`.
    public func post(_ draft: QuickBooksDraft) async throws(ProviderFailure) -> QuickBooksPosting {
        try draft.check(settings)
        if let present = try await document(draft.kind, docNumber: draft.docNumber) { return .existed(present) }
        for generation in 1...Self.generationsMax {
            let requestID = generation == 1 ? draft.requestID : "\(draft.requestID)-\(generation)"
            let made = try await create(draft, requestID: requestID)
            if case .existed = made { return made }
            if let present = try await document(draft.kind, made.document.id) { return .created(present) }
        }
        throw .refused(
            code: "deleted", message: "The document \(draft.docNumber) was deleted each time it was entered.")
    }

    private func create(
        _ draft: QuickBooksDraft, requestID: String
    ) async throws(ProviderFailure) -> QuickBooksPosting {
        do {
            let answer: QuickBooksEntity<QuickBooksDocument> = try await post(
                Self.path(draft.kind), query: [("requestid", requestID)], draft.body(settings))
            return .created(answer.value)
        } catch {
            // WHY: another request has entered it since the look.
            guard case .refused("6140", _) = error,
                let present = try await document(draft.kind, docNumber: draft.docNumber)
            else { throw error }
            return .existed(present)
        }
    }

    /// Nil when there is none.
    public func document(
        _ kind: QuickBooksDraft.Kind, docNumber: String
    ) async throws(ProviderFailure) -> QuickBooksDocument? {
        let query = QuickBooksQuery.find(kind.rawValue, where: "DocNumber", is: docNumber)
        let answer: QuickBooksRows<QuickBooksDocument> = try await get("query", query: [("query", query)])
        return answer.rows.first
    }

    /// Nil when there is none, or it was deleted.
    public func document(
        _ kind: QuickBooksDraft.Kind, _ id: String
    ) async throws(ProviderFailure) -> QuickBooksDocument? {
        do {
            let answer: QuickBooksEntity<QuickBooksDocument> = try await get(
                "\(Self.path(kind))/\(PercentEncoding.encode(id))")
            return answer.value
        } catch {
            guard error.saysObjectIsGone else { throw error }
            return nil
        }
    }

    /// Changes what accountants read of a document. Idempotent.
    ///
    /// A change by somebody else in between is taken in: the document is read again and the note set once more.
    public func setPrivateNote(
        _ note: String, _ kind: QuickBooksDraft.Kind, _ id: String
    ) async throws(ProviderFailure) -> QuickBooksDocument {
        try await changing(kind, id) { document throws(ProviderFailure) in
            if document.privateNote == note { return document }
            let answer: QuickBooksEntity<QuickBooksDocument> = try await post(
                Self.path(kind),
                [
                    "sparse": true, "Id": .string(document.id), "SyncToken": .string(document.syncToken),
                    "PrivateNote": .string(note),
                ])
            return answer.value
        }
    }

    /// Takes a document out of the books; one that is gone already is no error. Idempotent.
    public func delete(_ kind: QuickBooksDraft.Kind, _ id: String) async throws(ProviderFailure) {
        do {
            _ = try await changing(kind, id) { document throws(ProviderFailure) in
                try await post(
                    Self.path(kind), query: [("operation", "delete")],
                    ["Id": .string(document.id), "SyncToken": .string(document.syncToken)], as: JSONValue.self)
            }
        } catch {
            guard error.saysObjectIsGone else { throw error }
        }
    }

    /// Reads the document, changes it, and once more when somebody else was faster.
    private func changing<Value>(
        _ kind: QuickBooksDraft.Kind, _ id: String,
        _ change: (QuickBooksDocument) async throws(ProviderFailure) -> Value
    ) async throws(ProviderFailure) -> Value {
        do {
            return try await change(try await present(kind, id))
        } catch {
            guard case .refused("5010", _) = error else { throw error }
            return try await change(try await present(kind, id))
        }
    }

    /// WHY: read by its id, because the sync token of a list may be an old one.
    private func present(
        _ kind: QuickBooksDraft.Kind, _ id: String
    ) async throws(ProviderFailure) -> QuickBooksDocument {
        guard let document = try await document(kind, id) else {
            throw .refused(code: "610", message: "The document \(id) is not there.")
        }
        return document
    }

    private static func path(_ kind: QuickBooksDraft.Kind) -> String { kind.rawValue.lowercased() }
}

extension ProviderFailure {
    fileprivate var saysObjectIsGone: Bool {
        guard case .refused(let code, _) = self else { return false }
        return code == "610" || code == "not_found"
    }
}
