import Commerce
import Messaging
import Postgres

/// What a person says to the customer of a return or claim that they reject, in its row. Whoever changes it has the row's
/// lock.
struct CustomerMessageStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    func find(_ id: ReturnID) async throws -> String? {
        try await transaction.database.query("SELECT customer_message FROM returns WHERE id = \(id.uuid)").first
            .flatMap { try $0("customer_message") }
    }

    func find(_ id: WarrantyID) async throws -> String? {
        try await transaction.database.query("SELECT customer_message FROM warranty_claims WHERE id = \(id.uuid)").first
            .flatMap { try $0("customer_message") }
    }

    /// - Parameter message: nil takes back what an earlier rejection has said.
    func save(_ message: String?, of id: ReturnID) async throws {
        try await transaction.database.execute(
            "UPDATE returns SET customer_message = \(message) WHERE id = \(id.uuid)")
    }

    func save(_ message: String?, of id: WarrantyID) async throws {
        try await transaction.database.execute(
            "UPDATE warranty_claims SET customer_message = \(message) WHERE id = \(id.uuid)")
    }
}
