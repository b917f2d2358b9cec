import Commerce
import Foundation
import Postgres

/// A file that messages refer to by its id instead of carrying it.
public struct Document: Sendable, Equatable {
    public var name: String
    public var contentType: String
    public var bytes: [UInt8]

    public init(name: String, contentType: String, bytes: [UInt8]) {
        self.name = name
        self.contentType = contentType
        self.bytes = bytes
    }
}

/// `platform.documents`: written once, read by every service.
public enum DocumentStore {
    public static func insert(_ document: Document, in transaction: HandlerTransaction) async throws -> DocumentID {
        let id = DocumentID()
        try await transaction.database.execute(
            """
            INSERT INTO platform.documents (id, workspace_id, name, content_type, bytes, created_at)
            VALUES (\(id.uuid), \(transaction.workspaceID.uuid), \(document.name), \(document.contentType),
                    \(document.bytes), \(transaction.now))
            """)
        return id
    }

    /// Those that are there, in the order of the ids.
    public static func find(
        _ ids: [DocumentID], of workspaceID: WorkspaceID, in pool: PostgresPool
    ) async throws -> [Document] {
        guard !ids.isEmpty else { return [] }
        let rows = try await pool.transaction(workspace: workspaceID.uuid) { database in
            try await database.query(
                "SELECT id, name, content_type, bytes FROM platform.documents WHERE id = ANY(\(ids.map(\.uuid)))")
        }
        let found = try rows.map { row in
            (
                id: DocumentID(uuid: try row("id")),
                document: Document(
                    name: try row("name"), contentType: try row("content_type"), bytes: try row("bytes"))
            )
        }
        return ids.compactMap { id in found.first { $0.id == id }?.document }
    }
}
