/// One page of a list, newest first.
struct StripeList: Sendable {
    let shown: [JSON]
    let hasMore: Bool

    func json(url: String) -> JSON {
        ["object": "list", "url": .string(url), "has_more": .bool(hasMore), "data": .array(shown)]
    }
}

extension StripeSimulator {
    private static let limitMax = 100

    /// `limit`, `starting_after`, `ending_before`, `created[gte]` and its like.
    static func page(_ all: [(id: String, created: Int, json: JSON)], _ given: StripeParameters) throws -> StripeList {
        let limit = try given.whole("limit") ?? 10
        guard (1...limitMax).contains(limit) else { throw Refusal.stripeInvalid("limit", "integer") }
        var rows = try all.filter { row in
            try given.whole("created[gte]").map { row.created >= $0 } ?? true
                && given.whole("created[lte]").map { row.created <= $0 } ?? true
                && given.whole("created[gt]").map { row.created > $0 } ?? true
                && given.whole("created[lt]").map { row.created < $0 } ?? true
        }
        if let id = given["starting_after"] {
            guard let index = rows.firstIndex(where: { $0.id == id }) else {
                throw Refusal.stripeMissing("object", id, param: "starting_after")
            }
            rows = Array(rows[(index + 1)...])
        }
        if let id = given["ending_before"] {
            guard let index = rows.firstIndex(where: { $0.id == id }) else {
                throw Refusal.stripeMissing("object", id, param: "ending_before")
            }
            rows = Array(rows[..<index].suffix(limit))
        }
        return StripeList(shown: rows.prefix(limit).map(\.json), hasMore: rows.count > limit)
    }
}
