import Foundation

/// Lists, people, search.
extension ZendeskSimulator {
    mutating func listComments(_ call: Call) throws -> SimulatedResponse {
        let ticket = try ticket(call.id("id"))
        return try page(call.request, "comments", ticket.comments.map { ($0.comment.id, $0.comment.json($0.audit)) })
    }

    mutating func listAudits(_ call: Call) throws -> SimulatedResponse {
        let ticket = try ticket(call.id("id"))
        return try page(call.request, "audits", ticket.audits.map { ($0.id, $0.json(ticket: ticket.id)) })
    }

    mutating func showUser(_ call: Call) throws -> SimulatedResponse {
        guard let user = call.id("id").flatMap({ users[$0] }) else { throw Refusal.zendeskNotFound }
        return .json(["user": user.json()])
    }

    /// `type:ticket external_id:"…"` and the like; every condition must hold.
    mutating func search(_ call: Call) throws -> SimulatedResponse {
        guard let query = call.request.query("query"), !query.isEmpty else {
            throw Refusal.zendesk(422, "InvalidQuery", "query is missing")
        }
        let conditions = try query.split(separator: " ").map { word in
            let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw Refusal.zendesk(422, "InvalidQuery", "\(word) is not a condition") }
            return (name: parts[0], value: parts[1].trimmingCharacters(in: CharacterSet(charactersIn: "\"")))
        }
        let found = try ticketIDs.compactMap { tickets[$0] }.filter { ticket in
            try conditions.allSatisfy { try fits(ticket, $0.name, $0.value) }
        }
        return .json([
            "results": .array(
                found.map { ticket in
                    var object = ticket.json().object ?? JSONObject()
                    object["result_type"] = "ticket"
                    return .object(object)
                }), "count": .int(found.count), "next_page": nil, "previous_page": nil,
        ])
    }

    private func fits(_ ticket: ZendeskTicket, _ name: String, _ value: String) throws -> Bool {
        switch name {
        case "type": return value == "ticket"
        case "external_id": return ticket.externalID == value
        case "status": return ticket.status == value
        case "tags": return ticket.tags.contains(value)
        case "requester": return users[ticket.requesterID]?.email.lowercased() == value.lowercased()
        default: throw Refusal.zendesk(422, "InvalidQuery", "\(name) is not a field")
        }
    }

    private func page(_ request: SimulatedRequest, _ name: String, _ all: [(id: Int, json: JSON)]) throws
        -> SimulatedResponse
    {
        let size = min(request.query("page[size]").flatMap { Int($0) } ?? 100, 100)
        guard size > 0 else { throw Refusal.zendesk(400, "InvalidPaginationParameter", "page[size] is invalid") }
        var start = 0
        if let cursor = request.query("page[after]") {
            guard let data = Data(base64Encoded: cursor), let id = Int(String(decoding: data, as: UTF8.self)),
                let index = all.firstIndex(where: { $0.id == id })
            else { throw Refusal.zendesk(400, "InvalidCursor", "page[after] is invalid") }
            start = index + 1
        }
        let shown = all[start..<min(start + size, all.count)]
        let hasMore = start + size < all.count
        let after = shown.last.map { Data(String($0.id).utf8).base64EncodedString() }
        return .json(
            .object(
                JSONObject([
                    (name, .array(shown.map(\.json))),
                    ("meta", ["has_more": .bool(hasMore), "after_cursor": .text(after), "before_cursor": nil]),
                    ("links", ["next": nil, "prev": nil]),
                ])))
    }
}
