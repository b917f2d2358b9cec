import Foundation

/// Entering, changing and deleting documents.
extension QuickBooksSimulator {
    private static let requestIDMax = 50

    func document(_ kind: QuickBooksDocument.Kind, _ id: String?) throws -> QuickBooksDocument {
        guard let id, let number = Int(id), let document = documents[number], document.kind == kind else {
            throw Refusal.quickBooksGone(kind.rawValue, id ?? "")
        }
        return document
    }

    func show(_ kind: QuickBooksDocument.Kind, _ call: Call) throws -> SimulatedResponse {
        Self.answer(try document(kind, call["id"]))
    }

    private static func answer(_ document: QuickBooksDocument) -> SimulatedResponse {
        .json(.object(JSONObject([(document.kind.rawValue, document.json())])))
    }

    /// Create, update and delete go to one address; the same request id gives the same answer.
    mutating func write(_ kind: QuickBooksDocument.Kind, _ call: Call) throws -> SimulatedResponse {
        guard let requestID = call.request.query("requestid") else { return try execute(kind, call) }
        guard (1...Self.requestIDMax).contains(requestID.count) else {
            throw Refusal.quickBooksRule("requestid has at most \(Self.requestIDMax) characters")
        }
        if var known = answers[requestID] {
            known.applied = false
            return known
        }
        let answer = try execute(kind, call)
        answers[requestID] = answer
        return answer
    }

    private mutating func execute(_ kind: QuickBooksDocument.Kind, _ call: Call) throws -> SimulatedResponse {
        guard let object = call.request.json.object else {
            throw Refusal.quickBooks(400, "2010", "Request has invalid JSON", "The body must be an object.")
        }
        switch call.request.query("operation") {
        case nil: break
        case "delete": return try delete(kind, object, now: call.request.now)
        case .some(let other): throw Refusal.quickBooksRule("Operation \(other) is not supported")
        }
        return try object["Id"] == nil
            ? create(kind, object, now: call.request.now) : update(kind, object, now: call.request.now)
    }

    private mutating func create(
        _ kind: QuickBooksDocument.Kind, _ object: JSONObject, now: Date
    ) throws -> SimulatedResponse {
        let total = try total(of: object, kind)
        var fields = object
        if fields["TxnDate"] == nil { fields["TxnDate"] = .string(Timestamps.day(now, in: .gmt)) }
        let document = QuickBooksDocument(
            id: documentNumber.take(), kind: kind, createdAt: now, updatedAt: now, fields: fields, total: total)
        documents[document.id] = document
        documentIDs.append(document.id)
        announce(document, "Create", now: now)
        return Self.answer(document)
    }

    private mutating func update(
        _ kind: QuickBooksDocument.Kind, _ object: JSONObject, now: Date
    ) throws -> SimulatedResponse {
        var document = try present(kind, object)
        var fields = object["sparse"]?.bool == true ? document.fields.merging(object) : object
        for name in ["Id", "SyncToken", "sparse"] { fields[name] = nil }
        document.total = try total(of: fields, kind, except: document.id)
        document.fields = fields
        document.version += 1
        document.updatedAt = now
        documents[document.id] = document
        announce(document, "Update", now: now)
        return Self.answer(document)
    }

    private mutating func delete(
        _ kind: QuickBooksDocument.Kind, _ object: JSONObject, now: Date
    ) throws -> SimulatedResponse {
        let document = try present(kind, object)
        remove(document, now: now)
        return .json(
            .object(
                JSONObject([
                    (
                        kind.rawValue,
                        ["status": "Deleted", "domain": "QBO", "Id": .string("\(document.id)")]
                    )
                ])))
    }

    mutating func remove(_ document: QuickBooksDocument, now: Date) {
        documents[document.id] = nil
        documentIDs.removeAll { $0 == document.id }
        announce(document, "Delete", now: now)
    }

    /// The document that is to be changed, provided that nobody else has changed it since it was read.
    private func present(_ kind: QuickBooksDocument.Kind, _ object: JSONObject) throws -> QuickBooksDocument {
        let document = try document(kind, object["Id"]?.string)
        guard let token = object["SyncToken"]?.string else {
            throw Refusal.quickBooks(field: "SyncToken", .missing)
        }
        guard token == "\(document.version)" else {
            throw Refusal.quickBooks(
                400, "5010", "Stale Object Error",
                "Stale Object Error : You and another user were working on this at the same time.")
        }
        return document
    }
}
