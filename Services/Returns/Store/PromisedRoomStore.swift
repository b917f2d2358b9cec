import Commerce
import Messaging
import Postgres

/// What the payments of a return's order had left when it was asked for, or when a person approved giving less than was
/// promised then, in the return's row. Whoever changes it has the return's lock.
struct PromisedRoomStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// In minor units of the order's currency; nil for a return of an older build, and for one of a claim.
    func find(_ id: ReturnID) async throws -> Int64? {
        try await transaction.database.query("SELECT promised_room FROM returns WHERE id = \(id.uuid)").first
            .flatMap { try $0("promised_room") }
    }

    func save(_ room: Int64, of id: ReturnID) async throws {
        try await transaction.database.execute(
            "UPDATE returns SET promised_room = \(room) WHERE id = \(id.uuid)")
    }
}
