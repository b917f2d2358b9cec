import Commerce
import Foundation
import Messaging
import Postgres
import ServiceKit

@testable import API

/// What the other services would have written.
extension APIBench {
    func createWorkspace(_ id: WorkspaceID) async throws {
        try await owner.execute("INSERT INTO platform.workspaces (id, name) VALUES (\(id.uuid), \(id.description))")
    }

    /// One that is off.
    func insertEmailTemplate(_ template: String, in workspace: WorkspaceID) async throws {
        try await owner.execute(
            """
            INSERT INTO notifications.email_templates (workspace_id, template, locale, enabled, updated_at)
            VALUES (\(workspace.uuid), \(template), 'fr', false, now())
            """)
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
        var createdAt = Date(timeIntervalSince1970: 1_770_000_000)
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
                    '155.1', 'ana@example.com', \(order.sagaID?.uuid), \(order.createdAt), \(order.updatedAt))
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

    func deadLetter(
        reason: String = "attempts", service: String = "tracking", subject: String? = "ord_1"
    ) async throws -> DeadLetterID {
        let id = DeadLetterID()
        let schema = service.replacing("-", with: "_")
        try await owner.execute(
            """
            INSERT INTO \(unsafeRaw: schema).dead_letters
                (id, workspace_id, queue, message_id, type, subject, reason, detail, body)
            VALUES (\(id.uuid), \(workspaceID.uuid), \(service + ".commands"), \(UUIDv7.make().uuidString),
                'PollWarehouse', \(subject), \(reason), 'dcl_1001: no such item', \(Array(#"{"a":1}"#.utf8)))
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

    /// A refund as `returns` would have written it.
    func insertRefund(_ id: RefundID, of order: OrderID) async throws {
        try await owner.execute(
            """
            INSERT INTO returns.ledgers (order_id, workspace_id, currency, sale, opened_at)
            VALUES (\(order.uuid), \(workspaceID.uuid), 'USD', '{}', now())
            """)
        try await owner.execute(
            """
            INSERT INTO returns.refunds (id, workspace_id, order_id, status, amount, currency, reason, actor, created_at,
                                         updated_at)
            VALUES (\(id.uuid), \(workspaceID.uuid), \(order.uuid), 'requested', 500, 'USD', 'broken', 'person:ana', now(),
                    now())
            """)
    }

    /// Answers the next command sent, as its owner would.
    func answerNext(_ reply: CommandReply, as service: ServiceName) async throws {
        try await answer(awaitCommand(), reply, as: service)
    }

    /// Answers so many commands as they come, each as `decide` says.
    func answer(
        _ count: Int, as service: ServiceName, _ decide: @Sendable (Sent) throws -> CommandReply
    ) async throws {
        var answered = Set<String>()
        while answered.count < count {
            try await awaitCommand()
            for command in try await sent() where answered.insert(command.envelope.attributes.id).inserted {
                try await answer(command, decide(command), as: service)
            }
        }
    }

    private func answer(_ command: Sent, _ reply: CommandReply, as service: ServiceName) async throws {
        let sent = command.envelope.attributes
        let body = try RawJSON(encoding: reply.body).text
        try await owner.execute(
            """
            INSERT INTO \(unsafeRaw: service.schema).inbox (message_id, workspace_id, type, reply)
            VALUES (\(sent.id), \(workspaceID.uuid), \(sent.type), \(JSONB(text: body)))
            """)
    }
}
