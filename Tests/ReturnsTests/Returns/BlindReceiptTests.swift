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

@Suite("Goods that no return awaited", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct BlindReceiptTests {
    private func robe(_ quantity: Int = 1, _ condition: String? = "A") -> WarehouseReceipt {
        WarehouseReceipt(sku: "ROBE", quantity: quantity, condition: condition, isAnnounced: true)
    }

    /// A look of the warehouse's poll that finds these.
    private func look(
        _ bench: ReturnsBench, _ number: String, _ receipts: [WarehouseReceipt], for order: String? = nil
    ) async throws -> [Envelope] {
        let handler = PollWarehouseReturnsHandler(accounts: .onlyShopify(StubHTTP([:])))
        let since = WarehouseLook(since: Date(timeIntervalSince1970: 1_770_000_000))
        let goods = PollWarehouseReturnsHandler.Found.Goods(
            number: number, originalOrderNumber: order, receipts: receipts)
        return try await bench.handleAndSend {
            _ = try await handler.settle(.init(next: since, goods: [goods]), of: since, for: .init(), in: $0)
        }.sent
    }

    private func read(
        _ bench: ReturnsBench, _ id: ReturnID, _ number: String, _ receipts: [WarehouseReceipt]
    ) async throws {
        try await bench.handle { try await WarehouseGoods($0).take(receipts, of: number, on: id) }
    }

    private func match(_ bench: ReturnsBench, _ receipt: BlindReceiptID, _ id: ReturnID) async throws -> [Envelope] {
        let command = MatchBlindReceipt(blindReceiptID: receipt, returnID: id, reason: "Her name is in the parcel.")
        return try await bench.handleAndSend { _ = try await MatchBlindReceiptHandler().handle(command, in: $0) }.sent
    }

    private func dismiss(_ bench: ReturnsBench, _ receipt: BlindReceiptID) async throws {
        let command = DismissBlindReceipt(blindReceiptID: receipt, reason: "Sent back.")
        try await bench.handle { _ = try await DismissBlindReceiptHandler().handle(command, in: $0) }
    }

    private func refusal(_ work: () async throws -> Void) async -> String? {
        do {
            try await work()
            return nil
        } catch {
            return (error as? Refusal)?.code ?? "\(error)"
        }
    }

    private func only(_ bench: ReturnsBench) async throws -> BlindReceiptRecord {
        let kept = try await bench.blindReceipts()
        #expect(kept.count == 1)
        return try #require(kept.first)
    }

    @Test("matched, they are received once, whoever tells of them again; a person inspects them, and the refund is one")
    func matched() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel(2)
            try await bench.announce(id, as: "RMA1")
            #expect(try await look(bench, "R-404", [robe()], for: "SO77").types == [SendSlackAlert.name])
            let kept = try await only(bench)
            #expect(kept.status == .open && kept.originalOrderNumber == "SO77")
            #expect(kept.goods == [.init(sku: "ROBE", quantity: 1, condition: "A")])

            #expect(try await match(bench, kept.id, id).types.contains(ReturnReceived.type))
            #expect(try await !match(bench, kept.id, id).types.contains(ReturnReceived.type))
            var record = try await bench.record(id)
            #expect(record.status == .received && record.lines[0].received == 1 && record.lines[0].grade == nil)
            #expect(record.timeline?.contains { $0.type == "return.goods_matched" } == true)

            #expect(try await look(bench, "R-404", [robe()]).isEmpty)
            try await read(bench, id, "R-404", [robe()])
            try await read(bench, id, "RMA1", [robe()])
            record = try await bench.record(id)
            #expect(record.lines[0].received == 2 && record.extras.isEmpty)
            try await read(bench, id, "RMA1", [robe()])
            try await read(bench, id, "R-404", [robe()])
            #expect(try await bench.record(id).extras.isEmpty)

            try await bench.inspect(id, 2, grade: "A", matched: true)
            #expect(try await bench.assess(id).verdict == .refund)
            #expect(try await bench.refund(id).amount == "108.00")
            #expect(try await only(bench).status == .matched)
        }
    }

    @Test("more under a number that was matched is read for its return; what it does not await is beside its goods")
    func more() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            _ = try await look(bench, "R-404", [robe()])
            let kept = try await only(bench)
            _ = try await match(bench, kept.id, id)
            let sent = try await look(bench, "R-404", [robe(2)])
            let command: ReadWarehouseReturn = try #require(sent.first).data()
            #expect(sent.types == [ReadWarehouseReturn.name] && command.returnID == id && command.number == "R-404")
            try await read(bench, id, "R-404", [robe(2)])
            #expect(try await bench.record(id).extras.map(\.quantity) == [1])
            let beside = try #require(try await bench.blindReceipts().last)
            #expect(beside.kind == .beside && beside.cameWith == id && beside.status == .open)
            #expect(await refusal { _ = try await match(bench, beside.id, id) } == "same_return")
            let other = try await bench.sendLabel()
            _ = try await match(bench, beside.id, other)
            #expect(try await bench.record(other).lines[0].received == 1)
            #expect(try await bench.record(id).extras.map(\.quantity) == [1])
        }
    }

    @Test("dismissed, they stay so until more comes in; what another return has is nobody else's")
    func dismissed() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            _ = try await look(bench, "R-404", [robe()])
            let kept = try await only(bench)
            try await dismiss(bench, kept.id)
            try await dismiss(bench, kept.id)
            #expect(try await look(bench, "R-404", [robe(1, "C")]).isEmpty)
            #expect(try await only(bench).status == .dismissed)
            #expect(try await look(bench, "R-404", [robe(2)]).types == [SendSlackAlert.name])
            #expect(try await only(bench).status == .open)
            let (mine, other) = (try await bench.sendLabel(), try await bench.sendLabel())
            _ = try await match(bench, kept.id, mine)
            #expect(await refusal { _ = try await match(bench, kept.id, other) } == "not_allowed")
            #expect(await refusal { try await dismiss(bench, kept.id) } == "not_allowed")
            #expect(try await bench.record(other).lines[0].received == 0)
        }
    }

    @Test("no return is given what it cannot take: one that is settled, one of other goods, one that is not there")
    func refused() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let settled = try await bench.inspected()
            let awaiting = try await bench.sendLabel()
            _ = try await look(bench, "R-404", [robe()])
            let kept = try await only(bench)
            #expect(await refusal { _ = try await match(bench, kept.id, settled) } == "not_allowed")
            #expect(await refusal { _ = try await match(bench, kept.id, ReturnID()) } == "unknown_return")
            #expect(await refusal { _ = try await match(bench, BlindReceiptID(), awaiting) } == "not_found")
            let hat = WarehouseReceipt(sku: "HAT", quantity: 1, condition: nil, isAnnounced: false)
            _ = try await look(bench, "R-405", [hat])
            let hats = try #require(try await bench.blindReceipts().last)
            #expect(await refusal { _ = try await match(bench, hats.id, awaiting) } == "nothing_awaited")
        }
    }

    @Test("a number that a return of ours turns out to have closes what was kept under it, and counts once")
    func known() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel(2)
            _ = try await look(bench, "RMA1", [robe()])
            try await bench.announce(id, as: "RMA1")
            try await read(bench, id, "RMA1", [robe()])
            let kept = try await only(bench)
            #expect(kept.status == .matched && kept.returnID == id)
            let record = try await bench.record(id)
            #expect(record.lines[0].received == 1 && record.extras.isEmpty)
        }
    }

    @Test("matched while only a hint was there, they are read at the warehouse")
    func unread() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            let isNew = try await bench.handle {
                try await UnknownWarehouseReturn(number: "R-404", transaction: $0).keep()
            }
            #expect(isNew)
            #expect(try await match(bench, only(bench).id, id).types.contains(ReadWarehouseReturn.name))
            try await read(bench, id, "R-404", [robe()])
            #expect(try await bench.record(id).lines[0].received == 1)
        }
    }

    @Test("what comes beside what a return awaits alerts people, with what to do, once")
    func beside() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.announce(id, as: "RMA1")
            let robes = robe(2, nil)
            let hat = WarehouseReceipt(sku: "HAT", quantity: 2, condition: nil, isAnnounced: false)
            func tell() async throws -> [Envelope] {
                try await bench.handleAndSend {
                    try await WarehouseGoods($0).take([robes, hat], of: "RMA1", on: id)
                }.sent
            }
            let sent = try await tell()
            #expect(sent.types.filter { $0 == SendSlackAlert.name }.count == 1)
            let alert = try #require(sent.first { $0.attributes.type == SendSlackAlert.name })
            let told: SendSlackAlert = try alert.data()
            let kept = try await only(bench)
            #expect(kept.kind == .beside && kept.goods.bySKU == ["ROBE": 1, "HAT": 2])
            #expect(told.alert.key == "extra_goods/\(kept.id)" && told.alert.text.contains("2 × HAT"))
            #expect(told.alert.fields["return"] == "\(id)" && told.alert.fields["blind_receipt"] == "\(kept.id)")
            #expect(told.alert.next?.contains { $0.hasPrefix("stateset returns blind match \(kept.id)") } == true)
            #expect(try await tell().isEmpty)

            let lines = [ReceiveReturn.Line(lineID: nil, sku: "MUG", quantity: 1, state: .extra)]
            let byHand = try await bench.handleAndSend {
                _ = try await ReceiveReturnHandler().handle(ReceiveReturn(returnID: id, lines: lines), in: $0)
            }.sent
            #expect(byHand.types.contains(SendSlackAlert.name))
            #expect(try await only(bench).goods.bySKU == ["ROBE": 1, "HAT": 2, "MUG": 1])
        }
    }

    @Test("what the warehouse writes is one line that the database takes, and its numbers stay numbers")
    func hostile() throws {
        let json = #"""
            {"rma_number":"R","rma_stage":60,"lines":[{"item_number":"RO\u0000BE\n\u202eX","quantity":0,"receipts":[
             {"quantity":9223372036854775807,"condition":"\u001b[31m"},{"quantity":9223372036854775807}]}]}
            """#
        let goods = try JSONDecoder().decode(DCLReturn.self, from: Data(json.utf8)).warehouseReceipts
        #expect(goods.map(\.sku) == ["RO\u{FFFD}BE\u{FFFD}\u{FFFD}X", "RO\u{FFFD}BE\u{FFFD}\u{FFFD}X"])
        #expect(goods.map(\.condition) == [nil, "\u{FFFD}[31m"])
        #expect([BlindReceiptRecord.Goods](goods).bySKU.values.reduce(0, +) == 200_000)
        #expect(String(repeating: "x", count: 5_000).asWarehouseText.count == 100)
        #expect("SO10045-2".asWarehouseText == "SO10045-2")
    }
}
