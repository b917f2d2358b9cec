import Commerce
import Foundation
import Messaging
import Postgres

@testable import API

/// What the other services would have written.
extension APIBench {
    func createWorkspace(_ id: WorkspaceID) async throws {
        try await owner.execute("INSERT INTO platform.workspaces (id, name) VALUES (\(id.uuid), \(id.description))")
    }

    func grant(_ key: KeySecret, role: String, scopes: [String] = [], in workspace: WorkspaceID? = nil) async throws {
        try await owner.execute(
            """
            INSERT INTO platform.api_keys (id, workspace_id, name, principal, role, scopes, secret_hash)
            VALUES (\(KeyID().uuid), \((workspace ?? workspaceID).uuid), 'test', 'person:ana', \(role), \(scopes),
                    \(key.hash))
            """)
    }

    struct OrderFixture {
        var id = OrderID()
        var number = "#1001"
        var status = "dispatched"
        var shopID = "5678901234567"
        var updatedAt = Date(timeIntervalSince1970: 1_770_000_000)
        var sagaID: SagaID?
    }

    @discardableResult
    func insertOrder(_ order: OrderFixture = OrderFixture(), in workspace: WorkspaceID? = nil) async throws
        -> OrderFixture
    {
        let workspace = (workspace ?? workspaceID).uuid
        let document = """
            {"number":"\(order.number)","currency":"USD","total":"155.1","customer":{"email":"ana@example.com",
             "name":"Ana Ruiz"},"lines":[{"id":"l1","sku":"MIE-ROBE-S","quantity":1,"unit_price":"74.5"},
             {"id":"l2","sku":"MIE-ROBE-S","quantity":2,"unit_price":"74.50"}]}
            """
        try await owner.execute(
            """
            INSERT INTO order_ingest.orders
                (id, workspace_id, number, status, document, currency, total, email, saga_id, created_at, updated_at)
            VALUES (\(order.id.uuid), \(workspace), \(order.number), \(order.status), \(JSONB(text: document)), 'USD',
                    '155.1', 'ana@example.com', \(order.sagaID?.uuid), \(order.updatedAt), \(order.updatedAt))
            """)
        for (provider, id) in [("shopify", order.shopID), ("netsuite", "ns-\(order.id)")] {
            try await owner.execute(
                """
                INSERT INTO order_ingest.external_ids (workspace_id, provider, external_id, order_id)
                VALUES (\(workspace), \(provider), \(id), \(order.id.uuid))
                """)
        }
        return order
    }

    func ship(_ order: OrderID, quantity: Int, tracking: String) async throws {
        let now = Date(timeIntervalSince1970: 1_770_000_100)
        try await owner.execute(
            """
            INSERT INTO tracking.shipments (id, workspace_id, order_id, warehouse_number, package_key, ordinal,
                tracking_number, carrier, status, lines, item_fulfillment_id, shipped_at, updated_at)
            VALUES (\(ShipmentID().uuid), \(workspaceID.uuid), \(order.uuid), 'SO1', \(tracking), 1, \(tracking), 'UPS',
                'in_transit', \(JSONB(text: #"[{"sku":"MIE-ROBE-S","quantity":\#(quantity)}]"#)), '901', \(now), \(now))
            """)
    }

    func note(_ order: OrderID, type: String, at seconds: Double) async throws {
        try await owner.execute(
            """
            INSERT INTO order_ingest.timeline (id, workspace_id, order_id, at, type, actor, summary, dedupe_key)
            VALUES (\(UUIDv7.make()), \(workspaceID.uuid), \(order.uuid), \(Date(timeIntervalSince1970: seconds)),
                    \(type), 'order-ingest', 'It came in.', \(type))
            """)
    }

    struct SagaFixture {
        var id = SagaID()
        var status = "waiting"
        var subject: String?
        var key = UUIDv7.make().uuidString
        var run = 1
    }

    @discardableResult
    func insertSaga(_ saga: SagaFixture = SagaFixture(), in workspace: WorkspaceID? = nil) async throws -> SagaFixture {
        let now = Date(timeIntervalSince1970: 1_770_000_000)
        try await owner.execute(
            """
            INSERT INTO saga_coordinator.sagas (id, workspace_id, name, key, subject, run, status, business_status, input,
                pivoted, next_seq, version, actor, waiting_kind, waiting_name, waiting_since, started_at, updated_at)
            VALUES (\(saga.id.uuid), \((workspace ?? workspaceID).uuid), 'order-fulfillment', \(saga.key),
                \(saga.subject), \(saga.run), \(saga.status), 'dispatched', '{"order_id":"x"}', false, 3, 1, 'test',
                'event', 'shipment.shipped', \(now), \(now), \(now))
            """)
        return saga
    }

    struct StepFixture {
        var path: String
        var seq: Int
        var status = "completed"
        var undo: String?
        var run = 1
        var tries = 0
    }

    func insertStep(_ step: StepFixture, of saga: SagaID) async throws {
        let now = Date(timeIntervalSince1970: 1_770_000_000)
        try await owner.execute(
            """
            INSERT INTO saga_coordinator.steps (saga_id, run, path, workspace_id, seq, kind, name, status, attempt, tries,
                result, undo, undo_evaluated, started_at)
            VALUES (\(saga.uuid), \(step.run), \(step.path), \(workspaceID.uuid), \(step.seq), 'perform',
                'CreateSalesOrder', \(step.status), 1, \(step.tries), '{"id":"98431"}',
                \(step.undo.map(JSONB.init(text:))), true, \(now))
            """)
    }

    func deadLetter(reason: String = "attempts", service: String = "tracking") async throws -> DeadLetterID {
        let id = DeadLetterID()
        let schema = service.replacing("-", with: "_")
        try await owner.execute(
            """
            INSERT INTO \(unsafeRaw: schema).dead_letters
                (id, workspace_id, queue, message_id, type, subject, reason, detail, body)
            VALUES (\(id.uuid), \(workspaceID.uuid), \(service + ".commands"), \(UUIDv7.make().uuidString),
                'PollWarehouse', 'ord_1', \(reason), 'dcl_1001: no such item', \(Array(#"{"a":1}"#.utf8)))
            """)
        return id
    }

    struct Sent: Sendable {
        var routingKey: String
        var envelope: Envelope
    }

    /// The commands the API owes to the broker, oldest first.
    func sent() async throws -> [Sent] {
        try await owner.query(
            """
            SELECT routing_key, body FROM api.outbox WHERE workspace_id = \(workspaceID.uuid) ORDER BY created_at
            """
        ).map { row in
            Sent(
                routingKey: try row("routing_key"),
                envelope: try Envelope(body: Array(try row("body", as: String.self).utf8)))
        }
    }

    /// Waits until a command is committed, and gives it.
    @discardableResult
    func awaitCommand() async throws -> Sent {
        for _ in 0..<1000 {
            if let sent = try await sent().last { return sent }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw NoCommand()
    }

    struct NoCommand: Error {}

    /// Answers the next command sent, as its owner would.
    func answerNext(_ reply: CommandReply, as service: ServiceName) async throws {
        let sent = try await awaitCommand().envelope.attributes
        let body = try RawJSON(encoding: reply.body).text
        try await owner.execute(
            """
            INSERT INTO \(unsafeRaw: service.schema).inbox (message_id, workspace_id, type, reply)
            VALUES (\(sent.id), \(workspaceID.uuid), \(sent.type), \(JSONB(text: body)))
            """)
    }
}
