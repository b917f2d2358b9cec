import Commerce
import Messaging
import Postgres

/// The exchange of a return, in its row. Whoever changes it has the return's lock.
struct ExchangeStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// Nil while nothing is set aside.
    func find(_ id: ReturnID) async throws -> ReturnExchange? {
        try await transaction.database.query("SELECT exchange FROM returns WHERE id = \(id.uuid)").first
            .flatMap { try $0("exchange", as: JSONB?.self) }?.decode()
    }

    func save(_ exchange: ReturnExchange?, of id: ReturnID) async throws {
        try await transaction.database.execute(
            """
            UPDATE returns SET exchange = \(try exchange.map(JSONB.init(encoding:))) WHERE id = \(id.uuid)
            """)
    }
}
