import Commerce
import Contracts
import Foundation
import Logging
import Messaging
import Postgres
import Support
import Testing
import Views

@testable import Returns

/// A delivered order whose goods can be returned, and what its return goes through.
extension ReturnsBench {
    /// The order of two robes as `order-ingest` and `tracking` would have it, delivered yesterday.
    func deliverOrder(isPaid: Bool = true) async throws {
        if isPaid { try await readPaidOrder() }
        let now = Date(timeIntervalSinceNow: -86_400)
        let order = CanonicalOrder(
            number: "#77", externalIDs: ["shopify": "77"], currency: "USD", total: "113.00",
            customer: Customer(email: "ana@example.com", name: "Ana Ruiz"),
            shippingAddress: Address(name: "Ana Ruiz", country: "US"),
            lines: [OrderLine(id: "1", sku: "ROBE", title: "Silk robe", quantity: 2, unitPrice: "50.00", tax: "8.00")],
            shipping: "5.00", tax: "8.00", orderedAt: Timestamp(now))
        try await asOwner { database in
            try await database.execute(
                """
                INSERT INTO order_ingest.orders (id, workspace_id, number, status, document, currency, total, email,
                    created_at, updated_at)
                VALUES (\(orderID.uuid), \(workspaceID.uuid), '#77', 'delivered', \(try JSONB(encoding: order)), 'USD',
                    '113.00', 'ana@example.com', \(now), \(now))
                """)
            try await database.execute(
                """
                INSERT INTO order_ingest.external_ids (workspace_id, provider, external_id, order_id)
                VALUES (\(workspaceID.uuid), 'shopify', '77', \(orderID.uuid))
                """)
            try await database.execute(
                """
                INSERT INTO tracking.shipments (id, workspace_id, order_id, warehouse_number, package_key, ordinal,
                    tracking_number, status, lines, shipped_at, delivered_at, updated_at)
                VALUES (\(ShipmentID().uuid), \(workspaceID.uuid), \(orderID.uuid), 'SO77', '1', 1, '1Z77', 'delivered',
                    '[{"sku":"ROBE","quantity":2}]', \(now), \(now), \(now))
                """)
        }
    }

    func asOwner(_ work: @Sendable (PostgresPool) async throws -> Void) async throws {
        let pool = PostgresPool(
            try PostgresConfiguration(url: ServiceBench.url ?? "", applicationName: "test", poolSize: 1),
            logger: .init(label: "test"))
        let result: Result<Void, any Error>
        do { result = .success(try await work(pool)) } catch { result = .failure(error) }
        await pool.close()
        try result.get()
    }

    /// The first policy of the workspace: its zone, and these members.
    func set(policy members: String) async throws {
        let policy = #"{"zones":[{"countries":["*"],"window":{"days":30}}],\#(members)}"#
        try await asOwner { database in
            try await database.execute(
                """
                INSERT INTO returns.policies (workspace_id, version, document, actor, created_at)
                VALUES (\(workspaceID.uuid), 1, \(policy)::json, 'person:ana', now())
                """)
        }
    }

    func ask(_ quantity: Int = 1, _ change: (inout ReturnRequest) -> Void = { _ in }) async throws -> ReturnID {
        var request = ReturnRequest(
            orderID: "\(orderID)", lines: [.init(sku: "ROBE", quantity: quantity, reason: "wrong_size")])
        change(&request)
        let command = CreateReturn(request: request, channel: .api)
        return try await handle { try await Self.create(command, in: $0) }
    }

    /// - Parameter finding: what the shop says to what an exchange asks for.
    static func create(
        _ command: CreateReturn, _ finding: CreateReturnHandler.Finding = .init(), in transaction: HandlerTransaction
    ) async throws -> ReturnID {
        let handler = CreateReturnHandler(accounts: .onlyShopify(StubHTTP([:])))
        switch try await handler.plan(command, in: transaction) {
        case .reply(let reply): return reply.returnID
        case .read(let request), .effect(_, let request):
            return try await handler.settle(finding, of: request, for: command, in: transaction).returnID
        }
    }

    /// Asked for, checked, and with its label at the customer.
    func sendLabel(_ quantity: Int = 1) async throws -> ReturnID {
        let id = try await ask(quantity)
        try await label(id)
        return id
    }

    func label(_ id: ReturnID) async throws {
        try await handle {
            #expect(try await CheckReturnHandler().handle(CheckReturn(returnID: id), in: $0).outcome == .approved)
            _ = try await RecordLabelSentHandler().handle(RecordLabelSent(returnID: id), in: $0)
        }
    }

    /// Its time is over, and the warehouse and the carrier were asked.
    static func expire(
        _ id: ReturnID, _ sight: ExpireReturnHandler.Sight = .init(), in transaction: HandlerTransaction
    ) async throws -> Bool {
        let handler = ExpireReturnHandler(accounts: .onlyShopify(StubHTTP([:])))
        let command = ExpireReturn(returnID: id)
        switch try await handler.plan(command, in: transaction) {
        case .reply(let reply): return reply.expired
        case .read(let request), .effect(_, let request):
            return try await handler.settle(sight, of: request, for: command, in: transaction).expired
        }
    }

    /// The warehouse knows it as this, and the parcel has a label.
    func announce(_ id: ReturnID, as number: String, labelled trackingNumber: String = "1ZBACK") async throws {
        try await handle {
            var goods = try await ReturnCase.lock(id, in: $0)
            goods.row.externalIDs["dcl"] = number
            goods.row.label = ReturnShippingLabel(
                id: "se-1", carrier: "UPS", service: "ground", trackingNumber: trackingNumber, country: "US", url: nil,
                documentID: nil)
            try await goods.save()
        }
    }

    func receive(_ id: ReturnID, _ quantity: Int = 1, as state: ReceiveReturn.State? = nil) async throws {
        let line = ReceiveReturn.Line(lineID: "1", quantity: quantity, state: state)
        try await handle {
            _ = try await ReceiveReturnHandler().handle(ReceiveReturn(returnID: id, lines: [line]), in: $0)
        }
    }

    func inspect(_ id: ReturnID, _ quantity: Int = 1, grade: String?, matched: Bool?) async throws {
        let line = InspectReturn.Line(lineID: "1", quantity: quantity, grade: grade, matched: matched)
        try await handle {
            _ = try await InspectReturnHandler().handle(InspectReturn(returnID: id, lines: [line]), in: $0)
        }
    }

    func assess(_ id: ReturnID, isFinal: Bool = false) async throws -> AssessReturn.Reply {
        try await handle {
            try await AssessReturnHandler().handle(AssessReturn(returnID: id, isFinal: isFinal), in: $0)
        }
    }

    /// Come in and looked at, and assessed.
    func inspected(grade: String = "A") async throws -> ReturnID {
        let id = try await sendLabel()
        try await receive(id)
        try await inspect(id, grade: grade, matched: true)
        _ = try await assess(id)
        return id
    }

    @discardableResult
    func decide(
        _ id: ReturnID, _ verb: DecideReturn.Verb, saying message: String? = nil
    ) async throws -> [Envelope] {
        let command = DecideReturn(returnID: id, verb: verb, reason: "seen", message: message)
        return try await handleAndSend { _ = try await DecideReturnHandler().handle(command, in: $0) }.sent
    }

    @discardableResult
    func withdraw(_ id: ReturnID) async throws -> [Envelope] {
        try await handleAndSend { _ = try await WithdrawReturnHandler().handle(WithdrawReturn(returnID: id), in: $0) }
            .sent
    }

    func check(_ id: ReturnID) async throws -> CheckReturn.Reply {
        try await handle { try await CheckReturnHandler().handle(CheckReturn(returnID: id), in: $0) }
    }

    @discardableResult
    func close(_ id: ReturnID) async throws -> [Envelope] {
        try await handleAndSend { _ = try await CloseReturnHandler().handle(CloseReturn(returnID: id), in: $0) }.sent
    }

    /// What its saga tells of its end.
    func endSaga(of id: ReturnID, as status: String = "completed") async throws {
        let news = SagaUpdated(
            sagaID: SagaID(), name: "return", key: "\(id)", run: 1, version: 9, status: status, businessStatus: nil,
            error: nil)
        try await handle { try await ProjectReturnSaga().handle(news, in: $0) }
    }

    func reopen(_ id: ReturnID) async throws {
        let command = ReopenReturn(returnID: id, reason: "Graded by mistake.")
        try await handle { _ = try await ReopenReturnHandler().handle(command, in: $0) }
    }

    func refund(_ id: ReturnID) async throws -> RequestReturnRefund.Reply {
        try await handle {
            try await RequestReturnRefundHandler().handle(RequestReturnRefund(returnID: id), in: $0)
        }
    }

    func settle(_ id: RefundID, as status: RefundStatus) async throws -> [Envelope] {
        try await handleAndSend {
            try await RefundSettlement(transaction: $0).settle(
                id, RefundNews(status: status, provider: "shopify", externalID: "9001", error: nil))
        }.sent
    }

    func record(_ id: ReturnID) async throws -> ReturnRecord {
        try #require(try await handle { try await ReturnRecords.find(id, in: $0.database) })
    }

    /// Oldest first.
    func blindReceipts() async throws -> [BlindReceiptRecord] {
        try await handle { try await BlindReceiptRecords.read("ORDER BY created_at, id", in: $0.database) }
    }

    func heldUnits() async throws -> Int {
        try await handle { [orderID] in
            try await $0.database.query("SELECT count(*) AS held FROM held_units WHERE order_id = \(orderID.uuid)")[0](
                "held")
        }
    }
}
