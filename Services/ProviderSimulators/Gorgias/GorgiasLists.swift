import Foundation

/// Lists in pages with cursors.
extension GorgiasSimulator {
    mutating func listTickets(_ call: Call) throws -> SimulatedResponse {
        let all = ticketIDs.compactMap { tickets[$0] }
        let page = try GorgiasPaging(call.request, keys: ["created_datetime", "updated_datetime"])
        let sorted = page.sorted(
            all.map { (id: $0.id, at: page.key == "updated_datetime" ? $0.updatedAt : $0.createdAt) })
        return page.answer(sorted, uri: "/api/tickets") { id in tickets[id]?.json() ?? .null }
    }

    mutating func listMessages(_ call: Call, ofTicket id: Int?) throws -> SimulatedResponse {
        let ticket = try ticket(id)
        let page = try GorgiasPaging(call.request, keys: ["created_datetime"])
        let sorted = page.sorted(ticket.messages.map { (id: $0.id, at: $0.createdAt) })
        return page.answer(sorted, uri: "/api/tickets/\(ticket.id)/messages") { id in
            ticket.messages.first { $0.id == id }?.json() ?? .null
        }
    }
}

/// `limit`, `cursor` and `order_by` of a list.
struct GorgiasPaging: Sendable {
    // The provider's own bounds.
    private static let limitDefault = 30
    private static let limitMax = 100

    let key: String
    private let isDescending: Bool
    private let limit: Int
    /// The element that the page before ended with.
    private let after: Int?

    init(_ request: SimulatedRequest, keys: Set<String>) throws {
        let order = (request.query("order_by") ?? "created_datetime:desc").split(separator: ":").map(String.init)
        guard order.count == 2, keys.contains(order[0]), ["asc", "desc"].contains(order[1]) else {
            throw Refusal.gorgias("order_by", .wrong("it is not a known order"))
        }
        (key, isDescending) = (order[0], order[1] == "desc")
        let wanted = request.query("limit").map { Int($0) ?? 0 } ?? Self.limitDefault
        guard (1...Self.limitMax).contains(wanted) else {
            throw Refusal.gorgias("limit", .wrong("must be from 1 to \(Self.limitMax)"))
        }
        limit = wanted
        after = try request.query("cursor").map(Self.decode)
    }

    func sorted(_ entries: [(id: Int, at: Date)]) -> [Int] {
        entries.sorted { left, right in
            let (first, second) = isDescending ? (right, left) : (left, right)
            return (first.at, first.id) < (second.at, second.id)
        }.map(\.id)
    }

    func answer(_ ids: [Int], uri: String, _ json: (Int) -> JSON) -> SimulatedResponse {
        let start = after.flatMap { ids.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        let shown = ids[min(start, ids.count)..<min(start + limit, ids.count)]
        let hasMore = start + limit < ids.count
        return .json([
            "data": .array(shown.map(json)), "object": "list", "uri": .string(uri),
            "meta": [
                "next_cursor": hasMore ? .text(shown.last.map(Self.encode)) : .null, "prev_cursor": nil,
                "total_resources": nil,
            ],
        ])
    }

    private static func encode(_ id: Int) -> String { Data("[\(id)]".utf8).base64EncodedString() }

    private static func decode(_ cursor: String) throws -> Int {
        guard let data = Data(base64Encoded: cursor), let list = try? JSONParser.parse(Array(data)),
            let id = list[0].int
        else { throw Refusal.gorgias("cursor", .wrong("it is not a cursor of this list")) }
        return id
    }
}
