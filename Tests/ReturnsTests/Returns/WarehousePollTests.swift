import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Support
import Testing
import Views

@testable import Returns

@Suite("Asking the warehouse for returns", .enabled(if: ReturnsBench.isThere))
struct WarehousePollTests {
    private typealias Handler = PollWarehouseReturnsHandler

    private let robe = WarehouseReceipt(sku: "ROBE", quantity: 1, condition: "A", isAnnounced: true)

    /// A look that finds these, at the time the last of them was changed there.
    private func look(_ bench: ReturnsBench, _ goods: [String: [WarehouseReceipt]]) async throws -> [Envelope] {
        let handler = Handler(accounts: .onlyShopify(StubHTTP([:])))
        return try await bench.handleAndSend { transaction in
            guard case .read(let look) = try await handler.plan(.init(), in: transaction) else {
                Issue.record("expected a look")
                return
            }
            let found = Handler.Found(
                next: look, goods: goods.sorted { $0.key < $1.key }.map { .init(number: $0.key, receipts: $0.value) })
            _ = try await handler.settle(found, of: look, for: .init(), in: transaction)
        }.sent
    }

    private func read(_ bench: ReturnsBench, _ id: ReturnID, _ receipts: [WarehouseReceipt]) async throws -> [Envelope]
    {
        let handler = ReadWarehouseReturnHandler(accounts: .onlyShopify(StubHTTP([:])))
        let number = try #require(DCLOrderNumber("RMA1"))
        return try await bench.handleAndSend {
            _ = try await handler.settle(
                receipts, of: .init(number: number), for: ReadWarehouseReturn(returnID: id, number: "RMA1"), in: $0)
        }.sent
    }

    @Test("what came in without a hint is read, what was read is no news, and what is graded later is news again")
    func lostHint() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.announce(id, as: "RMA1")
            var ungraded = robe
            ungraded.condition = nil
            let sent = try await look(bench, ["RMA1": [ungraded]])
            #expect(sent.types == [ReadWarehouseReturn.name])
            let command: ReadWarehouseReturn = try #require(sent.first).data()
            #expect(command.returnID == id && command.number == "RMA1")
            #expect(try await read(bench, id, [ungraded]).types.contains(ReturnReceived.type))
            #expect(try await look(bench, ["RMA1": [ungraded]]).isEmpty)
            #expect(try await read(bench, id, [ungraded]).isEmpty)

            #expect(try await look(bench, ["RMA1": [robe]]).types == [ReadWarehouseReturn.name])
            #expect(try await read(bench, id, [robe]).types.contains(ReturnInspected.type))
            #expect(try await look(bench, ["RMA1": [robe]]).isEmpty)
            #expect(try await bench.record(id).lines[0].received == 1)
        }
    }

    @Test("a return that nobody knows alerts somebody once, whoever tells of it how often")
    func unknown() async throws {
        try await ReturnsBench.run { bench async throws in
            #expect(try await look(bench, ["R-404": [robe]]).types == [SendSlackAlert.name])
            #expect(try await look(bench, ["R-404": [robe, robe]]).isEmpty)
        }
    }

    private func answer(_ count: Int, modifiedAt: String) -> StubHTTP {
        let goods = (1...count).map { index in
            """
            {"rma_number":"R\(index)","rma_stage":60,"modified_at":"\(modifiedAt)","lines":[{"item_number":"ROBE",
             "quantity":1,"receipts":\(index == 1 ? #"[{"quantity":1,"condition":"A"}]"# : "null")}]}
            """
        }.joined(separator: ",")
        return StubHTTP(["GET /rmas": .init(body: #"{"error_code":0,"rmas":[\#(goods)]}"#)])
    }

    private func perform(_ http: StubHTTP, _ look: WarehouseLook) async throws -> Handler.Found {
        let call = EffectCall(workspaceID: WorkspaceID(), key: "k", now: look.since)
        return try #require(try await Handler(accounts: .shipping(http)).perform(look, for: call))
    }

    private func moment(_ text: String) throws -> Date { try #require(Timestamp(text: text).date) }

    @Test("the next look begins at the latest change of this one, by the warehouse's clock")
    func progress() async throws {
        let look = WarehouseLook(since: try moment("2026-03-04T10:00:00Z"))
        let found = try await perform(answer(2, modifiedAt: "2026-03-04T04:15:30-08:00"), look)
        #expect(found.next == WarehouseLook(since: try moment("2026-03-04T12:15:30Z")))
        #expect(found.goods.map(\.number) == ["R1"] && found.goods[0].receipts == [robe])
        let nothing = StubHTTP(["GET /rmas": .init(body: #"{"error_code":0,"rmas":null}"#)])
        #expect(try await perform(nothing, look).next == look)
        let older = try await perform(answer(1, modifiedAt: "2026-03-04T09:55:00Z"), look)
        #expect(older.next == look)
    }

    @Test("a look that is too long for one go goes on where it was, from the same moment")
    func tooLong() async throws {
        let look = WarehouseLook(since: try moment("2026-03-04T10:00:00Z"))
        let full = answer(100, modifiedAt: "2026-03-04T12:00:00Z")
        let found = try await perform(full, look)
        #expect(full.requests.count == Handler.pagesMax && found.goods.count == Handler.pagesMax)
        #expect(found.next.since == look.since && found.next.page == Handler.pagesMax + 1)
        let rest = try await perform(answer(1, modifiedAt: "2026-03-04T11:00:00Z"), found.next)
        #expect(rest.next == WarehouseLook(since: try moment("2026-03-04T12:00:00Z")))
    }

    @Test("where a look begins is kept, and a workspace without the warehouse asks nobody")
    func kept() async throws {
        try await ReturnsBench.run { bench in
            let look = WarehouseLook(since: try moment("2026-03-04T10:00:00Z"), page: 3, latest: nil)
            let kept = try await bench.handle {
                let store = WarehouseReturnStore($0)
                let before = try await store.look()
                try await store.save(WarehouseLook(since: look.since))
                try await store.save(look)
                return (before, try await store.look())
            }
            #expect(kept.0 == nil && kept.1 == look)
            let call = EffectCall(workspaceID: bench.workspaceID, key: "k", now: look.since)
            let nobody = Handler(accounts: .onlyShopify(StubHTTP([:])))
            #expect(try await nobody.perform(look, for: call) == nil)
        }
    }
}
