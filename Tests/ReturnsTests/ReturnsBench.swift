import AMQP
import Commerce
import Contracts
import Foundation
import Logging
import Postgres
import Providers
import Schema
import Testing

@testable import Messaging
@testable import Returns

extension Tag {
    @Tag static var postgres: Self
}

/// The service's tables on a real Postgres, under the service's own role and in a workspace of its own.
///
/// Found through `STATESET_TEST_POSTGRES_URL`, the URL of a superuser.
struct ReturnsBench: Sendable {
    static let url = ProcessInfo.processInfo.environment["STATESET_TEST_POSTGRES_URL"]
    static var isThere: Bool { url != nil }

    let workspaceID = WorkspaceID()
    let orderID = OrderID()
    private let pool: PostgresPool
    private let outbox: TransactionalOutbox

    static func run(_ test: (ReturnsBench) async throws -> Void) async throws {
        let bench = try await ReturnsBench()
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await test(bench)) } catch { outcome = .failure(error) }
        await bench.pool.close()
        try outcome.get()
    }

    private init() async throws {
        let url = Self.url ?? ""
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        _ = try await Migrator(url: url, logger: logger).apply(SchemaCatalog.all)
        var configuration = try PostgresConfiguration(url: url, applicationName: "test", poolSize: 8)
        // Many wait for one lock here, on a machine that may be busy; a service would try again.
        configuration.lockTimeout = .seconds(120)
        configuration.statementTimeout = .seconds(120)
        pool = PostgresPool(configuration, logger: logger)
        let nowhere = try AMQPConfiguration(url: "amqp://127.0.0.1:1/", connectionName: "test")
        outbox = TransactionalOutbox(
            pool: pool, factory: MessageFactory(source: .returns, clock: SystemClock()),
            relay: OutboxRelay(pool: pool, publisher: AMQPPublisher(nowhere, logger: logger), logger: logger))
    }

    /// Runs a handler's work in a transaction of the workspace, as the service's role.
    @discardableResult
    func handle<Result: Sendable>(
        _ work: @escaping @Sendable (HandlerTransaction) async throws -> Result
    ) async throws -> Result {
        var context = MessageContext(workspaceID: workspaceID, actor: "ops@example.com")
        context.causationID = UUIDv7.make().uuidString
        return try await outbox.commit(context, scope: .workspace) { transaction in
            try await transaction.database.pipeline([
                "SET LOCAL ROLE stateset_returns", "SET LOCAL search_path = returns",
            ])
            return try await work(transaction)
        }.0
    }

    /// What the shop says of the order now.
    func read(_ order: String, _ transactions: String) async throws {
        let order = try ShopifyOrder(json: Array(order.utf8))
        let transactions = try JSONDecoder().decode([ShopifyTransaction].self, from: Data(transactions.utf8))
        try await handle { [orderID] in
            try await PaymentsUpdate(
                orderID: orderID, order: order, transactions: transactions, transaction: $0
            ).post()
        }
    }

    /// An order of two robes at 50.00 with 8.00 of tax and 5.00 shipping, paid by one card.
    func readPaidOrder(refunds: String = "[]", further: String = "") async throws {
        try await read(
            """
            {"id":77,"name":"#77","currency":"USD","taxes_included":false,"total_price":"113.00","total_tax":"8.00",
             "shipping_lines":[{"price":"5.00"}],"refunds":\(refunds),
             "line_items":[{"id":1,"sku":"ROBE","quantity":2,"price":"50.00","tax_lines":[{"price":"8.00"}]}]}
            """,
            #"[{"id":801,"kind":"sale","status":"success","gateway":"shopify_payments","amount":"113.00"}\#(further)]"#)
    }

    func request(lines: [RequestRefund.Line]? = nil, amount: String? = nil) async throws -> RefundID {
        let command = RequestRefund(orderID: orderID, lines: lines, amount: amount, reason: "test")
        return try await handle { try await RequestRefundHandler().handle(command, in: $0).refundID }
    }

    func tender() async throws -> LedgerTender {
        let ledger = try await handle { [orderID] in try await LedgerStore($0).lock(orderID) }
        return try #require(ledger?.tenders.first)
    }

    /// Debits less credits of an account, in minor units, over all entries.
    func balance(_ account: LedgerAccount) async throws -> Int {
        try await handle { [orderID] in
            try await $0.database.query(
                """
                SELECT coalesce(sum(debit - credit), 0)::bigint AS balance FROM postings
                WHERE order_id = \(orderID.uuid) AND account = \(account.rawValue)
                """)[0]("balance")
        }
    }

    func entries() async throws -> [String] {
        try await handle { [orderID] in
            try await $0.database.query("SELECT kind FROM entries WHERE order_id = \(orderID.uuid) ORDER BY at, id")
                .map { try $0("kind") }
        }
    }
}
