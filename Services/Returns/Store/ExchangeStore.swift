import Commerce
import Messaging
import Postgres

/// The exchange of a return, in its row. Whoever changes it has the return's lock.
///
/// *Guarantees*: from before the shop hears of it until it is called off, its goods count against what the order's payments
/// have left.
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

    /// With what its goods take of what the order's payments have left; nil gives that back.
    func save(_ exchange: ReturnExchange?, of id: ReturnID) async throws {
        try await transaction.database.execute(
            """
            UPDATE returns SET exchange = \(try exchange.map(JSONB.init(encoding:))),
                exchange_room = \(try exchange?.room())
            WHERE id = \(id.uuid)
            """)
    }

    /// Keeps what goods may take that the shop is about to be asked for, before anything else can have it. The lock of the
    /// order's ledger is held.
    func reserve(_ credit: Money, of id: ReturnID) async throws {
        try await transaction.database.execute(
            "UPDATE returns SET exchange_room = \(credit.minorUnits) WHERE id = \(id.uuid) AND exchange IS NULL")
    }

    /// Gives back what was kept for goods that the shop has not set aside.
    func release(_ id: ReturnID) async throws {
        try await transaction.database.execute(
            "UPDATE returns SET exchange_room = NULL WHERE id = \(id.uuid) AND exchange IS NULL")
    }
}
