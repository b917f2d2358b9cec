import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Testing

@testable import API

@Suite("Orders", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct OrderTests {
    @Test("an order is shown in the form of its schema")
    func form() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            try await bench.note(order.id, type: "order.received", at: 1_770_000_000)
            try await bench.ship(order.id, quantity: 2, tracking: "1Z1")
            let json = try await bench.get("/orders/\(order.id)").json
            #expect(json["id"] == .string(order.id.description))
            #expect(json["status"] == "dispatched" && json["status_reason"] == .null)
            #expect(json["external_ids"]?["shopify"] == "5678901234567")
            #expect(json["total"] == "155.10" && json["currency"] == "USD")
            #expect(json["customer"] == ["email": "ana@example.com", "name": "Ana Ruiz"])
            let lines = json["lines"]?.elements ?? []
            #expect(lines.map { $0["shipped"] } == [.raw("1"), .raw("1")])
            #expect(lines.map { $0["unit_price"] } == ["74.50", "74.50"])
            let shipment = try #require(json["shipments"]?.elements.first)
            #expect(shipment["external_ids"] == ["netsuite": "901"])
            #expect(shipment["tracking_number"] == "1Z1" && shipment["status"] == "in_transit")
            #expect(json["timeline"]?.elements.first?["type"] == "order.received")
            #expect(json["saga_id"] == .null)
        }
    }

    @Test(
        "orders are found by what people know them by",
        arguments: [
            ("external_id=5678901234567", 1), ("external_id=1", 0), ("status=dispatched", 1), ("status=delivered", 0),
            ("email=ANA%40example.com", 1), ("q=1001", 1), ("q=%231001", 1), ("q=nobody", 0),
            ("q=mie-robe-s", 1), ("q=Ana%20MIE-ROBE-S%201001", 1), ("q=MIE-SLIP-S", 0), ("q=ana%40example.com", 1),
            ("email=ana", 0), ("email=ana%40example.com&q=robe&status=dispatched", 1),
            ("updated_since=2026-02-01T00:00:00Z", 1), ("updated_since=2027-01-01T00:00:00Z", 0),
        ])
    func filters(query: String, count: Int) async throws {
        try await APIBench.run { bench in
            try await bench.insertOrder()
            try await bench.insertOrder(in: bench.otherWorkspaceID)
            #expect(try await bench.get("/orders?\(query)").data.count == count)
        }
    }

    @Test("a wrong parameter is named", arguments: ["limit", "cursor", "status", "updated_since"])
    func wrongParameter(name: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.get("/orders?\(name)=nonsense")
            #expect(answer.status == 422 && answer.json["field"] == .string(name))
        }
    }

    @Test("a text that no database can hold is refused before it gets there")
    func nullCharacter() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            #expect(try await bench.get("/orders?q=a%00b").status == 422)
            #expect(try await bench.post("/orders/\(order.id)/hold", #"{"reason":"a\u0000b"}"#).status == 422)
        }
    }

    @Test("pages follow each other without gaps and repeats, also among equal times")
    func pages() async throws {
        try await APIBench.run { bench in
            for number in 0..<7 { try await bench.insertOrder(.init(number: "#\(number)", shopID: "\(number)")) }
            var seen: [String] = []
            var cursor: String?
            repeat {
                let page = try await bench.get("/orders?limit=3" + (cursor.map { "&cursor=\($0)" } ?? ""))
                seen += page.data.compactMap { $0["number"]?.string }
                cursor = page.json["next_cursor"]?.string
            } while cursor != nil
            #expect(seen.count == 7 && Set(seen).count == 7)
        }
    }

    @Test(
        "an order that changes between two pages is missed by nobody, and moves no other",
        arguments: [
            ("limit=2", ["#3", "#2", "#1", "#0"]),
            ("limit=2&updated_since=2026-02-02T02:40:00Z", ["#0", "#1", "#2", "#3", "#0"]),
        ])
    func changedMeanwhile(query: String, numbers: [String]) async throws {
        try await APIBench.run { bench in
            for number in 0..<4 {
                let at = Date(timeIntervalSince1970: 1_770_000_000 + Double(number))
                try await bench.insertOrder(
                    .init(number: "#\(number)", shopID: "\(number)", createdAt: at, updatedAt: at))
            }
            var seen: [String] = []
            var cursor: String?
            repeat {
                let page = try await bench.get("/orders?\(query)" + (cursor.map { "&cursor=\($0)" } ?? ""))
                seen += page.data.compactMap { $0["number"]?.string }
                cursor = page.json["next_cursor"]?.string
                try await bench.owner.execute(
                    """
                    UPDATE order_ingest.orders SET updated_at = \(Date(timeIntervalSince1970: 1_770_000_100))
                    WHERE workspace_id = \(bench.workspaceID.uuid) AND number = '#0'
                    """)
            } while cursor != nil
            #expect(seen == numbers)
        }
    }

    @Test("holding sends a command in the caller's name, and shows the order when its owner has answered")
    func hold() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let order = try await bench.insertOrder(.init(status: "received"))
            async let answered: Void = bench.answerNext(.accepted(.emptyObject), as: .orderIngest)
            let answer = try await bench.post("/orders/\(order.id)/hold", #"{"reason":"fraud check"}"#)
            try await answered
            #expect(answer.status == 202 && answer.json["id"] == .string(order.id.description))
            let sent = try #require(try await bench.sent().first)
            #expect(sent.routingKey == "order-ingest.interactive" && sent.envelope.attributes.type == "HoldOrder")
            #expect(sent.envelope.attributes.actor == "person:ana")
            #expect(sent.envelope.attributes.subject == order.id.description)
            #expect(try sent.envelope.data(HoldOrder.self).reason == "fraud check")
        }
    }

    @Test("an owner's refusal becomes 409 with what is possible instead")
    func refusedHold() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let order = try await bench.insertOrder()
            let refusal = CommandReply.refused(Refusal(code: "not_holdable", message: "It is at the warehouse."))
            async let answered: Void = bench.answerNext(refusal, as: .orderIngest)
            let answer = try await bench.post("/orders/\(order.id)/hold", #"{"reason":"r"}"#)
            try await answered
            #expect(answer.status == 409 && answer.code == "not_holdable")
            #expect(answer.json["detail"] == "It is at the warehouse.")
            #expect(answer.json["allowed"] == ["cancel"])
        }
    }

    @Test("when the owner is silent nobody is told that the verb was done, though it is on its way")
    func silentOwner() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder(.init(status: "received"))
            let answer = try await bench.post("/orders/\(order.id)/hold", #"{"reason":"r"}"#)
            #expect(answer.status == 503 && answer.code == "unavailable")
            #expect(try await bench.sent().count == 1)
        }
    }

    @Test(
        "a verb without a reason is refused",
        arguments: [
            ("{}", 422), (#"{"reason":"  "}"#, 422), (#"{"reason":7}"#, 422), ("nonsense", 400), ("[]", 400), ("", 400),
        ])
    func noReason(body: String, status: Int) async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            let answer = try await bench.post("/orders/\(order.id)/hold", body)
            #expect(answer.status == status)
            #expect(answer.status == 400 || answer.json["field"] == "reason")
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test("cancelling an order cancels its saga")
    func cancel() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let saga = try await bench.insertSaga()
            let order = try await bench.insertOrder(.init(sagaID: saga.id))
            let refusal = CommandReply.refused(Refusal(code: "past_pivot", message: "It has shipped."))
            async let answered: Void = bench.answerNext(refusal, as: .sagaCoordinator)
            let answer = try await bench.post("/orders/\(order.id)/cancel", #"{"reason":"r"}"#)
            try await answered
            #expect(answer.status == 409 && answer.code == "past_pivot")
            let command = try #require(try await bench.sent().first).envelope.data(OperateSaga.self)
            #expect(command.sagaID == saga.id && command.verb == .cancel)
        }
    }

    @Test("an order without a saga cannot be cancelled yet")
    func cancelWithoutSaga() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder(.init(status: "received"))
            let answer = try await bench.post("/orders/\(order.id)/cancel", #"{"reason":"r"}"#)
            #expect(answer.status == 409 && answer.code == "not_allowed" && answer.json["allowed"] == ["hold"])
        }
    }
}
