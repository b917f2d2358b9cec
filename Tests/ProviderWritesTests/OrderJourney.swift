import Commerce
import Contracts
import Foundation
import Postgres
import Support
import Testing

@testable import Messaging

/// One order on its way through every write, step by step.
final class OrderJourney: Sendable {
    let bench: WriteBench
    let shopID: String
    let orderID: OrderID
    private let sagaID = SagaID()

    /// Of two robes and two more, so that a second fulfilment of the first two is possible.
    /// - Parameter further: fields of the order as the shop places it.
    static func place(_ bench: WriteBench, further: String = "") async throws -> OrderJourney {
        let placed = try await bench.simulators.control(
            "POST", "/_sim/shopify/orders",
            """
            {"line_items":[{"sku":"MIE-ROBE-S","quantity":4,"price":"74.50"}],"email":"ana@example.com",
             "financial_status":"paid","send_webhook":false\(further)}
            """)
        let shopID = "\(try #require(placed.id.int))"
        let attributes = Envelope.Attributes(
            id: UUIDv7.make().uuidString, type: "webhook.shopify.orders.paid", source: "test",
            workspaceid: bench.workspaceID)
        let webhook = try Envelope(
            attributes, data: RawJSON(text: #"{"provider":"shopify","topic":"orders/paid","payload":\#(placed)}"#))
        _ = try await bench.ingest.deliver(webhook)
        let orderID: OrderID = OrderID(
            uuid: try await bench.ingest.pool.query(
                "SELECT order_id FROM order_ingest.external_ids WHERE provider = 'shopify' AND external_id = \(shopID)",
                workspace: bench.workspaceID.uuid)[0]("order_id"))
        let journey = OrderJourney(bench, shopID: shopID, orderID: orderID)
        _ = try await journey.perform(CheckOrder(orderID: orderID))
        return journey
    }

    private init(_ bench: WriteBench, shopID: String, orderID: OrderID) {
        self.bench = bench
        self.shopID = shopID
        self.orderID = orderID
    }

    /// Delivers the command as a saga's, again and again as a timer would, until it is answered.
    func perform<C: Messaging.Command>(_ command: C, settleTimeIsOver: Bool = false) async throws -> C.Reply {
        let service = try #require(bench.service(owning: C.name))
        var attributes = Envelope.Attributes(
            id: UUIDv7.make().uuidString, type: C.name, source: "test", workspaceid: bench.workspaceID)
        SagaAddress(sagaID: sagaID, run: 1, path: C.name, attempt: 1).write(to: &attributes)
        let envelope = try Envelope(attributes, data: RawJSON(encoding: command))
        let commandKey = "\(sagaID)/1/\(C.name)/1"
        for _ in 0..<200 {
            if let reply = try await service.deliver(envelope) { return try Self.result(reply) }
            if settleTimeIsOver {
                try await service.pool.execute(
                    """
                    UPDATE effects SET called_at = called_at - interval '1 hour'
                    WHERE state = 'unknown' AND command_key = \(commandKey)
                    """,
                    workspace: bench.workspaceID.uuid)
            } else {
                _ = try await service.pool.query("SELECT pg_sleep(0.02)::text")
            }
        }
        throw Unanswered(command: C.name)
    }

    struct Unanswered: Error { let command: String }

    private static func result<R: Decodable>(_ reply: CommandReply) throws -> R {
        switch reply {
        case .accepted(let json): try json.decode()
        case .refused(let refusal): throw refusal
        }
    }
}
