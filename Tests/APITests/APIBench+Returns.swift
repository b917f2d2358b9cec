import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Testing

@testable import API

/// Ledgers, returns and tickets as `returns` would have written them.
extension APIBench {
    /// The order's ledger, as the shop's payment has left it: three robes, one card.
    func paid(_ order: OrderID, in workspace: WorkspaceID? = nil) async throws {
        let workspace = (workspace ?? workspaceID).uuid
        let sale = """
            {"currency":"USD","taxes_included":false,"shipping":"0.00","shipping_tax":"0.00","lines":[
             {"id":"l1","sku":"MIE-ROBE-S","quantity":1,"unit_price":"74.50","discount":"0.00","tax":"0.00"},
             {"id":"l2","sku":"MIE-ROBE-S","quantity":2,"unit_price":"74.50","discount":"0.00","tax":"0.00"}]}
            """
        try await owner.execute(
            """
            INSERT INTO returns.ledgers (order_id, workspace_id, currency, sale, opened_at)
            VALUES (\(order.uuid), \(workspace), 'USD', \(sale)::jsonb, now())
            """)
        try await owner.execute(
            """
            INSERT INTO returns.tenders (id, workspace_id, order_id, provider, external_id, kind, position, captured)
            VALUES (\(TenderID().uuid), \(workspace), \(order.uuid), 'shopify', \("\(order)"), 'card', 0, 22350)
            """)
    }

    func set(policy: String) async throws {
        try await owner.execute(
            """
            INSERT INTO returns.policies (workspace_id, version, document, actor, created_at)
            VALUES (\(workspaceID.uuid), 1, \(policy)::json, 'person:ana', now())
            """)
    }

    func deliver(_ order: OrderID, quantity: Int, at: Date) async throws {
        try await ship(order, quantity: quantity, tracking: "1Z\(order)")
        try await owner.execute(
            """
            UPDATE tracking.shipments SET shipped_at = \(at), delivered_at = \(at), status = 'delivered'
            WHERE order_id = \(order.uuid)
            """)
    }

    struct ReturnFixture {
        var id = ReturnID()
        /// Made and paid with the return.
        var order = OrderID()
        var status = ReturnStatus.labelSent
        var sagaID: SagaID? = SagaID()
        var createdAt = Date(timeIntervalSince1970: 1_770_000_000)
        var externalIDs = #"{"netsuite":"77"}"#
    }

    /// Two robes of the order's second line, on their way back.
    @discardableResult
    func insertReturn(_ fixture: ReturnFixture = ReturnFixture(), in other: WorkspaceID? = nil) async throws
        -> ReturnFixture
    {
        let workspace = (other ?? workspaceID).uuid
        try await insertOrder(.init(id: fixture.order, shopID: "shop-\(fixture.order)"), in: other)
        try await paid(fixture.order, in: other)
        let line = ReturnRequest.Line(lineID: "l2", quantity: 2, reason: "wrong_size")
        let request = ReturnRequest(orderID: fixture.order.description, lines: [line])
        try await owner.execute(
            """
            INSERT INTO returns.returns (id, workspace_id, order_id, status, resolution, channel, request, decision,
                policy_version, label, external_ids, saga_id, created_at, updated_at)
            VALUES (\(fixture.id.uuid), \(workspace), \(fixture.order.uuid), \(fixture.status.rawValue),
                'original_payment', 'api', \(try JSONB(encoding: request)), \(try JSONB(encoding: Self.decision()))::json, 1,
                \(JSONB(text: Self.label)), \(JSONB(text: fixture.externalIDs)), \(fixture.sagaID?.uuid),
                \(fixture.createdAt), \(fixture.createdAt))
            """)
        try await owner.execute(
            """
            INSERT INTO returns.return_units (return_id, line_id, unit, workspace_id, position, sku, title, reason)
            SELECT \(fixture.id.uuid), 'l2', unit, \(workspace), unit, 'MIE-ROBE-S', 'Robe', 'wrong_size'
            FROM generate_series(1, 2) AS unit
            """)
        try await owner.execute(
            """
            INSERT INTO returns.return_timeline (id, workspace_id, return_id, at, type, actor, summary, dedupe_key)
            VALUES (\(UUIDv7.make()), \(workspace), \(fixture.id.uuid), \(fixture.createdAt), 'return.requested',
                'person:ana', 'Two robes are to come back.', 'requested')
            """)
        return fixture
    }

    private static let label = """
        {"id":"se-1","carrier":"USPS","service":"usps_ground_advantage","tracking_number":"9400","country":"US",
         "url":null,"document_id":null,"is_voided":false}
        """

    /// As the standard policy decides on two delivered robes.
    private static func decision() throws -> ReturnDecision {
        let currency = try #require(Currency(code: "USD"))
        let price = Money(minorUnits: 14900, currency: currency)
        var line = OrderLineReturnFacts(
            id: "l2", sku: "MIE-ROBE-S", quantity: 2, fulfilled: 2, price: price, discount: .zero(currency))
        let now = Date(timeIntervalSince1970: 1_770_000_000)
        (line.fulfilledAt, line.deliveredAt) = (now, now)
        var order = OrderReturnFacts(currency: currency, lines: [line])
        order.shippingCountry = "US"
        let request = ReturnRequestFacts(lines: [.init(lineID: "l2", quantity: 2, reason: "wrong_size")])
        return ReturnPolicy.standard(currency: currency).evaluate(ReturnFacts(now: now, order: order, request: request))
    }

    /// The return's refund, on its way; without a calculation unless one is given.
    func insertRefund(of goods: ReturnFixture, calculation: String? = nil) async throws -> RefundID {
        let id = RefundID()
        try await owner.execute(
            """
            INSERT INTO returns.refunds (id, workspace_id, order_id, status, amount, currency, calculation, actor,
                return_id, created_at, updated_at)
            VALUES (\(id.uuid), \(workspaceID.uuid), \(goods.order.uuid), 'pending', 893, 'USD', \(calculation)::json,
                'saga', \(goods.id.uuid), now(), now())
            """)
        try await owner.execute("UPDATE returns.returns SET refund_id = \(id.uuid) WHERE id = \(goods.id.uuid)")
        return id
    }

    struct TicketFixture {
        var id = TicketID()
        var subject = "Return Request - Order #1234"
        var email = "Ana@example.com"
        var status = TicketStatus.labelSent
        var customFields = #"{"order_id":"1234","items_to_return":["SKU-001"],"original_order_total":149.00}"#
        var createdAt = Date(timeIntervalSince1970: 1_770_000_000)
    }

    @discardableResult
    func insertTicket(
        _ ticket: TicketFixture = TicketFixture(), of returnID: ReturnID? = nil, in other: WorkspaceID? = nil
    ) async throws -> TicketFixture {
        try await owner.execute(
            """
            INSERT INTO returns.tickets (id, workspace_id, subject, customer_email, status, custom_fields, return_id,
                created_at, updated_at)
            VALUES (\(ticket.id.uuid), \((other ?? workspaceID).uuid), \(ticket.subject), \(ticket.email),
                \(ticket.status.rawValue), \(JSONB(text: ticket.customFields)), \(returnID?.uuid), \(ticket.createdAt),
                \(ticket.createdAt))
            """)
        return ticket
    }
}
