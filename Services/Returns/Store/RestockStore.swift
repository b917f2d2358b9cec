import Commerce
import Messaging
import Postgres

/// The changes of the shop's stock for a return's goods, one after another: the effects of ``RestockReturnHandler``.
struct RestockStore: Sendable {
    struct Adjustment: Sendable {
        let key: String
        let request: RestockReturnHandler.Request
        /// Nil while it is under way.
        let outcome: RestockReturnHandler.Outcome?
    }

    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// Only the last of them may be under way: none is begun before the one before it has ended.
    func all(of id: ReturnID) async throws -> [Adjustment] {
        var all: [Adjustment] = []
        while let next = try await find(Self.key(of: id, number: all.count + 1)) {
            all.append(next)
            guard next.outcome != nil else { break }
        }
        return all
    }

    /// WHY: counted over all lives of the return. What is in stock, or seen to by people, is not added in a later one.
    static func key(of id: ReturnID, number: Int) -> String {
        "inventory.adjust:\(id)" + (number == 1 ? "" : "/\(number)")
    }

    private func find(_ key: String) async throws -> Adjustment? {
        try await transaction.database.query(
            """
            SELECT request, CASE WHEN state = 'done' THEN outcome END AS outcome FROM effects
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND key = \(key) AND state <> 'refused'
            """
        ).first.map { row in
            Adjustment(
                key: key, request: try row("request", as: JSONB.self).decode(),
                outcome: try row("outcome", as: JSONB?.self)?.decode())
        }
    }
}
