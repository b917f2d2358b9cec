import Commerce
import Messaging
import Postgres

/// `policies` and `warranty_terms`: every version of what a workspace takes back, and of what it promises.
struct PolicyStore: Sendable {
    enum Document: String, Sendable {
        case returnPolicy = "return-policy"
        case warrantyTerms = "warranty-terms"

        fileprivate var table: SQL {
            switch self {
            case .returnPolicy: "policies"
            case .warrantyTerms: "warranty_terms"
            }
        }
    }

    private let transaction: HandlerTransaction
    private let document: Document

    init(_ transaction: HandlerTransaction, _ document: Document = .returnPolicy) {
        self.transaction = transaction
        self.document = document
    }

    /// A version as it was put in force; nil where there is none.
    func find<Content: Decodable & Sendable>(_ version: Int, as type: Content.Type) async throws -> Content? {
        try await transaction.database.query(
            """
            SELECT document FROM \(document.table)
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND version = \(version)
            """
        ).first.map { try $0("document", as: JSONB.self).decode(type) }
    }

    /// Writes the next version; two at a time take turns.
    func insert(_ document: (_ version: Int) throws -> String) async throws -> Int {
        let turn = "\(self.document.rawValue)|\(transaction.workspaceID)"
        _ = try await transaction.database.query("SELECT pg_advisory_xact_lock(hashtextextended(\(turn), 0))::text")
        let version: Int = try await transaction.database.query(
            """
            SELECT coalesce(max(version), 0)::bigint + 1 AS version FROM \(self.document.table)
            WHERE workspace_id = \(transaction.workspaceID.uuid)
            """)[0]("version")
        try await transaction.database.execute(
            """
            INSERT INTO \(self.document.table) (workspace_id, version, document, actor, created_at)
            VALUES (\(transaction.workspaceID.uuid), \(version), \(try document(version))::json,
                    \(transaction.context.actor), \(transaction.now))
            """)
        return version
    }
}
