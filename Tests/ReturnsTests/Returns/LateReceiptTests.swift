import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Providers
import Support
import Testing
import Views

@testable import Returns

@Suite("Goods that come in too late", .enabled(if: ReturnsBench.isThere))
struct LateReceiptTests {
    private func tell(
        _ bench: ReturnsBench, _ id: ReturnID, _ receipts: [WarehouseReceipt]
    ) async throws -> [Envelope] {
        let handler = ReadWarehouseReturnHandler(accounts: .onlyShopify(StubHTTP([:])))
        let number = try #require(DCLOrderNumber("RMA1"))
        return try await bench.handleAndSend {
            _ = try await handler.settle(
                receipts, of: .init(number: number), for: ReadWarehouseReturn(returnID: id, number: "RMA1"), in: $0)
        }.sent
    }

    private func robe(_ condition: String?) -> WarehouseReceipt {
        WarehouseReceipt(sku: "ROBE", quantity: 1, condition: condition, isAnnounced: true)
    }

    @Test("a parcel of a cancelled return is shown on it, alerts somebody, and is known when it is taken up again")
    func ended() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.withdraw(id)
            let hat = WarehouseReceipt(sku: "HAT", quantity: 2, condition: nil, isAnnounced: false)
            let sent = try await tell(bench, id, [robe(nil), hat])
            #expect(sent.types.contains(SendSlackAlert.name) && !sent.types.contains(ReturnReceived.type))
            var record = try await bench.record(id)
            #expect(record.status == .cancelled && record.receivedAt != nil && record.lines[0].received == 1)
            #expect(record.statusReason?.code == "received_late" && record.extras.map(\.quantity) == [2])
            #expect(record.timeline?.last?.type == "return.received_late")
            #expect(try await tell(bench, id, [robe(nil), hat]).isEmpty)
            #expect(try await !tell(bench, id, [robe("C"), hat]).types.contains(SendSlackAlert.name))
            record = try await bench.record(id)
            #expect(record.lines[0].grade == .c)
            #expect(try await bench.check(id).outcome == .inReview)
        }
    }

    @Test("more of a return that is settled is told and kept for somebody to look at, and moves nothing")
    func settled() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel(2)
            try await bench.receive(id)
            try await bench.receive(id, as: .missing)
            try await bench.inspect(id, grade: "A", matched: true)
            #expect(try await bench.record(id).status == .inspected)
            var both = robe("A")
            both.quantity = 2
            let sent = try await tell(bench, id, [both])
            #expect(sent.types == [SendSlackAlert.name])
            #expect(try await tell(bench, id, [both]).isEmpty)
            let record = try await bench.record(id)
            #expect(record.status == .inspected && record.lines[0].received == 1)
            #expect(record.timeline?.last?.summary.contains("1 × ROBE") == true)
            let kept = try #require(try await bench.blindReceipts().first)
            #expect(kept.kind == .late && kept.cameWith == id && kept.goods == [.init(sku: "ROBE", quantity: 1)])
        }
    }

    /// Of two robes one came, and its refund is on its way.
    private func refundOfOne(_ bench: ReturnsBench) async throws -> (id: ReturnID, refund: RefundID) {
        try await bench.deliverOrder()
        let id = try await bench.sendLabel(2)
        try await bench.receive(id)
        try await bench.inspect(id, grade: "A", matched: true)
        #expect(try await bench.assess(id, isFinal: true).verdict == .review)
        try await bench.decide(id, .approve)
        return (id, try #require(try await bench.refund(id).refundID))
    }

    private var both: WarehouseReceipt { WarehouseReceipt(sku: "ROBE", quantity: 2, condition: "A", isAnnounced: true) }

    @Test("the other robe, once another return has it, is kept for somebody to look at, and the first one is paid")
    func anothers() async throws {
        try await ReturnsBench.run { bench in
            let (id, refund) = try await refundOfOne(bench)
            let other = try await bench.ask()
            _ = try await bench.settle(refund, as: .failed)
            #expect(try await tell(bench, id, [both]).types.contains(SendSlackAlert.name))
            let refusal = await #expect(throws: Refusal.self) { try await bench.receive(id) }
            #expect(refusal?.code == "bad_quantity")
            #expect(try await bench.record(id).lines[0].received == 1)
            let kept = try await bench.blindReceipts()
            #expect(kept.map(\.kind) == [.late] && kept.first?.goods == [.init(sku: "ROBE", quantity: 1)])
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "54.00")
            #expect(try await bench.record(other).status == .requested)
            #expect(try await bench.heldUnits() == 2)
        }
    }

    @Test("the other robe, as long as it is free, is the return's again, and nobody else's")
    func free() async throws {
        try await ReturnsBench.run { bench in
            let (id, refund) = try await refundOfOne(bench)
            _ = try await bench.settle(refund, as: .failed)
            #expect(try await bench.heldUnits() == 1)
            _ = try await tell(bench, id, [both])
            #expect(try await bench.record(id).lines[0].received == 2)
            #expect(try await bench.heldUnits() == 2)
            await #expect(throws: Refusal.self) { try await bench.ask() }
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "108.00")
        }
    }

    @Test("what came too late and was found not to be the return's is not taken by it once its refund has failed")
    func decidedOtherwise() async throws {
        try await ReturnsBench.run { bench in
            let (id, refund) = try await refundOfOne(bench)
            _ = try await tell(bench, id, [both])
            let kept = try #require(try await bench.blindReceipts().first)
            try await bench.handle {
                let command = DismissBlindReceipt(blindReceiptID: kept.id, reason: "Sent back.")
                _ = try await DismissBlindReceiptHandler().handle(command, in: $0)
            }
            _ = try await bench.settle(refund, as: .failed)
            _ = try await tell(bench, id, [robe("A"), robe("B")])
            #expect(try await bench.record(id).lines[0].received == 1)
            #expect(try await bench.blindReceipts().map(\.status) == [.dismissed])
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "54.00")
        }
    }

    @Test("what came too late for a return is found by an index, also where somebody has decided about it")
    func indexed() async throws {
        try await ReturnsBench.run { bench in
            let indexes = try await bench.handle {
                try await $0.database.query(
                    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'returns' AND tablename = 'blind_receipts'"
                ).map { try $0("indexdef", as: String.self) }
            }
            let isServed = indexes.contains { $0.hasSuffix("(came_with) WHERE (came_with IS NOT NULL)") }
            #expect(isServed, "\(indexes)")
        }
    }

    @Test("goods of a return that nobody knows alert somebody, once")
    func unknown() async throws {
        try await ReturnsBench.run { bench in
            let envelope = try Envelope(
                .init(
                    id: UUIDv7.make().uuidString, type: "webhook.dcl.return", source: "test",
                    workspaceid: bench.workspaceID),
                data: RawJSON(
                    text: #"{"provider":"dcl","payload":{"event":"return","rma_number":"R-404"}}"#))
            func hint() async throws -> [Envelope] {
                try await bench.handleAndSend { try await ReceiveWarehouseReturn().handle(envelope, in: $0) }.sent
            }
            let sent = try await hint()
            #expect(try await hint().isEmpty)
            let alert: SendSlackAlert = try #require(sent.first).data()
            let kept = try await bench.blindReceipts()
            #expect(kept.map(\.number) == ["R-404"] && kept[0].goods.isEmpty)
            #expect(sent.types == [SendSlackAlert.name, PollWarehouseReturns.name])
            #expect(alert.alert.fields == ["number": "R-404", "blind_receipt": "\(kept[0].id)"])
        }
    }
}
