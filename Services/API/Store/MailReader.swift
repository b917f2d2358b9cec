import Commerce
import Foundation
import Postgres

/// Events that the coordinator keeps for sagas, those of sagas that do not exist yet among them.
enum MailReader {
    struct Filter: Sendable {
        var saga: String?
        var key: String?
        var type: String?
    }

    struct Mail: Sendable {
        var id: Int
        var saga: String
        var key: String
        /// Nil where no saga has that name and key yet.
        var sagaID: SagaID?
        var type: String
        var messageID: String
        /// A JSON text.
        var data: String
        var receivedAt: Date
    }

    // LIMIT: as many as a person reads; `/mail` pages through all of them.
    private static let shownWithSaga = 50

    /// What no `wait` has taken yet, newest first.
    static func list(
        _ filter: Filter, limit: Int, after: NumberCursor?, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<Mail> {
        let position: [SQL] = after.map { ["m.id < \($0.number)"] } ?? []
        let rows = try await pool.query(
            """
            \(columns) WHERE \((filter.conditions + ["m.consumed_run IS NULL"] + position).allOf)
            ORDER BY m.id DESC LIMIT \(limit + 1)
            """, workspace: workspaceID.uuid)
        return Page(rows: try rows.map(Mail.init), limit: limit) { NumberCursor($0.id) }
    }

    /// Oldest first: the order in which the saga's waits will take it.
    static func unconsumed(of saga: SagaRecord, in database: PostgresTransaction) async throws -> [Mail] {
        let filter = Filter(saga: saga.name, key: saga.key)
        return try await database.query(
            """
            \(columns) WHERE \((filter.conditions + ["m.consumed_run IS NULL"]).allOf)
            ORDER BY m.id LIMIT \(shownWithSaga)
            """
        ).map(Mail.init)
    }

    private static let columns: SQL = """
        SELECT m.id, m.saga_name, m.saga_key, s.id AS saga_id, m.type, m.message_id, m.data, m.received_at
        FROM saga_coordinator.mail_view m
        LEFT JOIN saga_coordinator.saga_view s ON s.name = m.saga_name AND s.key = m.saga_key
        """
}

extension MailReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let saga { conditions.append("m.saga_name = \(saga)") }
        if let key { conditions.append("m.saga_key = \(key)") }
        if let type { conditions.append("m.type = \(type)") }
        return conditions
    }
}

extension MailReader.Mail {
    fileprivate init(_ row: PostgresRow) throws {
        id = try row("id")
        saga = try row("saga_name")
        key = try row("saga_key")
        sagaID = try row("saga_id", as: UUID?.self).map(SagaID.init(uuid:))
        type = try row("type")
        messageID = try row("message_id")
        data = try row("data", as: JSONB.self).text
        receivedAt = try row("received_at")
    }

    var json: JSON {
        [
            "id": .int(id),
            "saga": .string(saga),
            "key": .string(key),
            "saga_id": .id(sagaID),
            "type": .string(type),
            "message_id": .string(messageID),
            "data": .raw(data),
            "received_at": .time(receivedAt),
        ]
    }
}
