import Commerce
import Messaging
import Postgres

/// What a return came to when a person approved it, in its row. Whoever changes it has the return's lock.
struct ApprovedAmountStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// In minor units of the order's currency; nil where no person has approved it, or none whose yes was noted.
    func find(_ id: ReturnID) async throws -> Int64? {
        try await transaction.database.query("SELECT approved_amount FROM returns WHERE id = \(id.uuid)").first
            .flatMap { try $0("approved_amount") }
    }

    /// - Parameter amount: nil for one that cannot be calculated: any amount is asked about again then.
    func save(_ amount: Money?, of id: ReturnID) async throws {
        try await transaction.database.execute(
            "UPDATE returns SET approved_amount = \(amount?.minorUnits ?? 0) WHERE id = \(id.uuid)")
    }
}
