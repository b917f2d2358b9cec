import Commerce
import Postgres

/// `api.idempotency_keys`: what was answered under a key, for a repeat of the same request.
enum IdempotencyStore {
    struct Claim: Sendable {
        var workspaceID: WorkspaceID
        var principal: String
        /// Method and path.
        var operation: String
        var key: String
        /// Of the body and If-Match.
        var requestHash: String
    }

    enum Result: Sendable, Equatable {
        /// The claim is ours: carry the request out, then ``finish`` or ``release``.
        case claimed
        case answered(status: Int, headers: [APIAnswer.Header], body: String)
        case otherRequest
        case running
    }

    // LIMIT: longer than any request takes, `?wait=` included: a claim this old was left by a process that died.
    private static let abandonedAfterSeconds = 120
    // LIMIT: longer than any program sends a request again; the rows of a workspace are cleared a few at a time, by its
    // own later requests.
    private static let keptDays = 7
    private static let clearedAtOnce = 100

    /// One arbitrated insert decides between concurrent copies of a request.
    static func claim(_ claim: Claim, in pool: PostgresPool) async throws -> Result {
        try await pool.transaction(workspace: claim.workspaceID.uuid) { database in
            try await clearExpired(in: database)
            let inserted = try await database.execute(
                """
                INSERT INTO idempotency_keys (workspace_id, principal, operation, key, request_hash)
                VALUES (\(claim.workspaceID.uuid), \(claim.principal), \(claim.operation), \(claim.key),
                        \(claim.requestHash))
                ON CONFLICT DO NOTHING
                """)
            if inserted == 1 { return .claimed }
            return try await existing(claim, in: database)
        }
    }

    static func finish(_ claim: Claim, with answer: APIAnswer, in pool: PostgresPool) async throws {
        let headers = JSON.object(answer.headers.map { .init(name: $0.name, value: .string($0.value)) })
        try await pool.execute(
            """
            UPDATE idempotency_keys SET status = \(answer.status), headers = \(JSONB(text: headers.text)),
                body = \(Array((answer.repeatBody ?? answer.body).text.utf8))
            WHERE \(condition(claim))
            """, workspace: claim.workspaceID.uuid)
    }

    /// Gives the claim up: the request failed for a passing reason, or has no last word yet, and may be tried again.
    ///
    /// WHY: the key stays bound to its request. Its command may be on its way, and under the same message id another
    /// request would be answered with what became of this one.
    static func release(_ claim: Claim, in pool: PostgresPool) async throws {
        try await pool.execute(
            "UPDATE idempotency_keys SET released = true WHERE \(condition(claim)) AND status IS NULL",
            workspace: claim.workspaceID.uuid)
    }

    private static func existing(_ claim: Claim, in database: PostgresTransaction) async throws -> Result {
        let rows = try await database.query(
            """
            SELECT request_hash, status, headers, body,
                released OR created_at < now() - make_interval(secs => \(Double(abandonedAfterSeconds))) AS is_free
            FROM idempotency_keys WHERE \(condition(claim)) FOR UPDATE
            """)
        guard let row = rows.first else { return .running }
        guard try row("request_hash") == claim.requestHash else { return .otherRequest }
        if let status = try row("status", as: Int?.self) {
            return .answered(
                status: status,
                headers: try row("headers", as: JSONB.self).decode([String: String].self)
                    .sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) },
                body: String(decoding: try row("body", as: [UInt8].self), as: UTF8.self))
        }
        guard try row("is_free") else { return .running }
        try await database.execute(
            "UPDATE idempotency_keys SET created_at = now(), released = false WHERE \(condition(claim))")
        return .claimed
    }

    private static func clearExpired(in database: PostgresTransaction) async throws {
        try await database.execute(
            """
            DELETE FROM idempotency_keys WHERE ctid IN (
                SELECT ctid FROM idempotency_keys
                WHERE workspace_id = platform.current_workspace()
                    AND created_at < now() - make_interval(days => \(Int32(keptDays)))
                LIMIT \(clearedAtOnce) FOR UPDATE SKIP LOCKED)
            """)
    }

    private static func condition(_ claim: Claim) -> SQL {
        """
        workspace_id = \(claim.workspaceID.uuid) AND principal = \(claim.principal)
        AND operation = \(claim.operation) AND key = \(claim.key)
        """
    }
}
