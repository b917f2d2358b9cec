import Commerce
import Foundation
import Messaging
import Postgres

/// What a person says to the customer of a return or claim that they reject, in its row. Whoever changes it has the row's
/// lock.
struct CustomerMessageStore: Sendable {
    private let transaction: HandlerTransaction
    private let table: SQL
    private let id: UUID

    init(_ transaction: HandlerTransaction, of id: ReturnID) {
        self.init(transaction, "returns", id.uuid)
    }

    init(_ transaction: HandlerTransaction, of id: WarrantyID) {
        self.init(transaction, "warranty_claims", id.uuid)
    }

    private init(_ transaction: HandlerTransaction, _ table: SQL, _ id: UUID) {
        self.transaction = transaction
        self.table = table
        self.id = id
    }

    func find() async throws -> String? {
        try await transaction.database.query("SELECT customer_message FROM \(table) WHERE id = \(id)").first
            .flatMap { try $0("customer_message") }
    }

    /// - Parameter message: nil takes back what an earlier rejection has said.
    func save(_ message: String?) async throws {
        try await transaction.database.execute("UPDATE \(table) SET customer_message = \(message) WHERE id = \(id)")
    }
}
