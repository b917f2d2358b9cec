import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Providers
import Support
import Testing

@testable import Returns

extension Tag {
    @Tag static var postgres: Self
}

/// An order in the tables of `returns`.
struct ReturnsBench: Sendable {
    static var isThere: Bool { ServiceBench.isThere }

    let orderID = OrderID()
    private let service: ServiceBench

    var workspaceID: WorkspaceID { service.workspaceID }

    static func run<Result>(_ test: (ReturnsBench) async throws -> Result) async throws -> Result {
        try await ServiceBench.run(
            .returns,
            configure: {
                // Many wait for one lock here, on a machine that may be busy; a service would try again.
                $0.lockTimeout = .seconds(120)
                $0.statementTimeout = .seconds(120)
            },
            { try await test(ReturnsBench(service: $0)) })
    }

    /// Runs a handler's work in a transaction of the workspace, as the service's role.
    @discardableResult
    func handle<Result: Sendable>(
        _ work: @escaping @Sendable (HandlerTransaction) async throws -> Result
    ) async throws -> Result {
        try await service.handle(work).result
    }

    /// The same, with what it owes to the broker.
    func handleAndSend<Result: Sendable>(
        _ work: @escaping @Sendable (HandlerTransaction) async throws -> Result
    ) async throws -> (result: Result, sent: [Envelope]) {
        try await service.handle(work)
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

    /// An order of two robes at 50.00 with 8.00 of tax and 5.00 shipping, as the shop writes it.
    static func paidOrder(refunds: String = "[]") -> String {
        """
        {"id":77,"name":"#77","currency":"USD","taxes_included":false,"total_price":"113.00","total_tax":"8.00",
         "shipping_lines":[{"price":"5.00"}],"refunds":\(refunds),
         "line_items":[{"id":1,"sku":"ROBE","quantity":2,"price":"50.00","tax_lines":[{"price":"8.00"}]}]}
        """
    }

    /// The same, paid by one card.
    func readPaidOrder(refunds: String = "[]", further: String = "") async throws {
        try await read(
            Self.paidOrder(refunds: refunds),
            #"[{"id":801,"kind":"sale","status":"success","gateway":"shopify_payments","amount":"113.00"}\#(further)]"#)
    }

    func request(
        lines: [RequestRefund.Line]? = nil, amount: String? = nil, policy: RefundPolicyForm? = nil,
        resolution: ReturnResolution? = nil
    ) async throws -> RefundID {
        let command = RequestRefund(
            orderID: orderID, lines: lines, amount: amount, reason: "test", policy: policy, resolution: resolution)
        return try await handle { try await RequestRefundHandler().handle(command, in: $0).refundID }
    }

    func tender() async throws -> TenderBalance {
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
