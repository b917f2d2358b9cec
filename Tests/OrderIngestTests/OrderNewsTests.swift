import Commerce
import Contracts
import Messaging
import Postgres
import Support
import Testing

@testable import OrderIngest

@Suite("What an order shows of its way through the warehouse", .enabled(if: TestBench.isThere))
struct OrderNewsTests {
    private func store(_ bench: TestBench) async throws -> OrderID {
        let order = OrderRow(document: try ShopOrderFixture().update.document)
        _ = try await bench.handle { try await OrderStore($0).insert(order, provider: "shopify", externalID: "1") }
        return order.id
    }

    private func timeline(_ bench: TestBench) async throws -> [String] {
        try await bench.handle { transaction in
            try await transaction.database.query("SELECT type FROM timeline ORDER BY id").map { try $0("type") }
        }.result
    }

    private func knows(_ number: String, _ bench: TestBench) async throws -> Bool {
        try await bench.handle { try await ExternalIDStore($0).isKnown(number, at: "dcl") }.result
    }

    @Test("a dispatched order has the warehouse's number, and news that come again add nothing")
    func dispatched() async throws {
        try await TestBench.run { bench in
            let event = OrderDispatched(orderID: try await store(bench), number: "SO1", salesOrderID: "1")
            for _ in 0..<2 {
                _ = try await bench.handle { try await NoteOrderDispatched().handle(event, in: $0) }
            }
            #expect(try await knows("SO1", bench))
            #expect(try await timeline(bench) == ["order.dispatched"])
        }
    }

    @Test("a number that was given back is not taken up again, whichever news come first", arguments: [true, false])
    func takenBack(cancelledFirst: Bool) async throws {
        try await TestBench.run { bench in
            let id = try await store(bench)
            let dispatched = OrderDispatched(orderID: id, number: "SO1", salesOrderID: "1")
            let cancelled = DispatchCancelled(orderID: id, number: "SO1")
            if cancelledFirst {
                _ = try await bench.handle { try await NoteDispatchCancelled().handle(cancelled, in: $0) }
                _ = try await bench.handle { try await NoteOrderDispatched().handle(dispatched, in: $0) }
            } else {
                _ = try await bench.handle { try await NoteOrderDispatched().handle(dispatched, in: $0) }
                _ = try await bench.handle { try await NoteDispatchCancelled().handle(cancelled, in: $0) }
            }
            #expect(try await !knows("SO1", bench))
        }
    }

    @Test("a hold of the warehouse shows while it lasts")
    func held() async throws {
        try await TestBench.run { bench in
            let id = try await store(bench)
            for held in [true, true, false, false] {
                let event = DispatchHeld(orderID: id, number: "SO1", held: held, description: "AV Required")
                _ = try await bench.handle { try await NoteDispatchHeld().handle(event, in: $0) }
                let reason = try await bench.handle { try await OrderStore($0).lock(id).reason }.result
                #expect(reason?.code == (held ? "warehouse_hold" : nil))
            }
            #expect(try await timeline(bench) == ["dispatch.held", "dispatch.held"])
        }
    }

    @Test("news of orders that nobody has change nothing")
    func unknown() async throws {
        try await TestBench.run { bench in
            let event = ShipmentDelivered(orderID: OrderID(), shipmentID: ShipmentID(), trackingNumber: nil)
            _ = try await bench.handle { try await NoteShipmentDelivered().handle(event, in: $0) }
            #expect(try await timeline(bench).isEmpty)
        }
    }

    @Test("a compensated saga leaves its words, and a restart takes them away")
    func compensated() async throws {
        try await TestBench.run { bench in
            let id = try await store(bench)
            let refusal = Refusal(code: "1005", message: "withdrawn from sale")
            let news = [
                sagaNews(id, "waiting", business: .pendingFulfillment, version: 3),
                sagaNews(id, "compensated", business: .pendingFulfillment, version: 7, error: refusal),
                sagaNews(id, "waiting", business: .received, version: 2),
            ]
            for one in news { _ = try await bench.handle { try await ProjectSaga().handle(one, in: $0) } }
            var order = try await bench.handle { try await OrderStore($0).lock(id) }.result
            #expect(order.status == .needsAttention)
            #expect(order.reason == refusal)
            let restarted = sagaNews(id, "waiting", business: .received, run: 2)
            _ = try await bench.handle { try await ProjectSaga().handle(restarted, in: $0) }
            order = try await bench.handle { try await OrderStore($0).lock(id) }.result
            #expect(order.status == .received)
            #expect(order.reason == nil)
            #expect(try await timeline(bench) == ["order.needs_attention", "order.received"])
        }
    }
}
