import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite("A return that is opened for what is here", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct OpenBlindReturnTests {
    private let robe = WarehouseReceipt(sku: "ROBE", quantity: 1, condition: "A", isAnnounced: true)

    /// Goods of a return that only the warehouse knows.
    private func keep(
        _ bench: ReturnsBench, _ number: String, _ receipts: [WarehouseReceipt]
    ) async throws -> BlindReceiptID {
        try await bench.handle {
            _ = try await UnknownWarehouseReturn(number: number, receipts: receipts, transaction: $0).keep()
        }
        return try #require(try await bench.blindReceipts().last { $0.number == number }).id
    }

    private func open(
        _ bench: ReturnsBench, _ receipt: BlindReceiptID, _ quantity: Int = 1, order: OrderID? = nil,
        finding: CreateReturnHandler.Finding = .init(), _ change: (inout ReturnRequest) -> Void = { _ in }
    ) async throws -> (id: ReturnID, sent: [Envelope]) {
        var request = ReturnRequest(
            orderID: "\(order ?? bench.orderID)", lines: [.init(sku: "ROBE", quantity: quantity, reason: "wrong_size")])
        change(&request)
        let command = OpenBlindReturn(
            blindReceiptID: receipt, request: request, channel: .api, reason: "Her name is in the parcel.")
        let handler = OpenBlindReturnHandler(accounts: .onlyShopify(StubHTTP([:])))
        let answer = try await bench.handleAndSend { transaction -> ReturnID in
            switch try await handler.plan(command, in: transaction) {
            case .reply(let reply): return reply.returnID
            case .read(let request), .effect(_, let request):
                return try await handler.settle(finding, of: request, for: command, in: transaction).returnID
            }
        }
        return (answer.result, answer.sent)
    }

    private func refusal(_ work: () async throws -> Void) async -> Refusal? {
        do {
            try await work()
            return nil
        } catch {
            return error as? Refusal
        }
    }

    @Test("it takes them with the policy's yes, once, and nobody is sent a label; a person inspects them")
    func opened() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let receipt = try await keep(bench, "R-404", [robe])
            let (id, sent) = try await open(bench, receipt)
            #expect(sent.types == [ReturnRequested.type])
            #expect(try await bench.record(id).status == .requested)
            let kept = try #require(try await bench.blindReceipts().first)
            #expect(kept.status == .matched && kept.returnID == id)
            let again = try await open(bench, receipt)
            #expect(again.id == id && again.sent.isEmpty)
            try await bench.handle { [robe] in try await WarehouseGoods($0).take([robe], of: "R-404", on: id) }
            #expect(try await bench.record(id).lines[0].received == 0)

            let check = try await bench.check(id)
            #expect(check.outcome == .approved && check.goodsAreHere == true)
            let record = try await bench.record(id)
            #expect(record.status == .received && record.lines[0].received == 1 && record.lines[0].grade == nil)
            #expect(record.timeline?.contains { $0.type == "return.goods_matched" } == true)
            try await bench.handle { [robe] in try await WarehouseGoods($0).take([robe], of: "R-404", on: id) }
            #expect(try await bench.record(id).extras.isEmpty)
            #expect(try await bench.blindReceipts().count == 1)
            try await bench.inspect(id, grade: "A", matched: true)
            #expect(try await bench.assess(id).verdict == .refund)
            #expect(try await bench.refund(id).amount == "54.00")
        }
    }

    @Test("one that a person decides on has them meanwhile; what it does not ask for is beside its goods")
    func reviewed() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.set(policy: #""currency":"USD","approval_limit":"10.00""#)
            let hat = WarehouseReceipt(sku: "HAT", quantity: 1, condition: nil, isAnnounced: false)
            let (id, _) = try await open(bench, keep(bench, "R-404", [robe, hat]))
            #expect(try await bench.check(id).outcome == .inReview)
            let record = try await bench.record(id)
            #expect(record.status == .inReview && record.lines[0].received == 1 && record.extras.map(\.sku) == ["HAT"])
            #expect(try await bench.blindReceipts().last?.kind == .beside)
        }
    }

    @Test("what is refused of every return is of this one, in the same words, and the goods stay as they were")
    func refused() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let receipt = try await keep(bench, "R-404", [robe])
            let asked = await refusal { _ = try await bench.ask { $0.resolution = .repair } }
            let opened = await refusal { _ = try await open(bench, receipt) { $0.resolution = .repair } }
            #expect(asked != nil && opened == asked)
            let unknown = await refusal { _ = try await open(bench, receipt, order: OrderID()) }
            #expect(unknown?.code == "unknown_order")
            let no = Refusal(code: "not_sold", message: "No more.", field: "exchange_lines.0.sku")
            let unsold = await refusal {
                _ = try await open(bench, receipt, finding: .init(refusal: no)) {
                    $0.resolution = .exchange
                    $0.exchangeLines = [.init(sku: "SLIP", quantity: 1)]
                }
            }
            #expect(unsold == no)
            #expect(try await bench.heldUnits() == 0)
            #expect(try await bench.blindReceipts().map(\.status) == [.open])
        }
    }

    @Test("nothing is opened for more than came in, for what nobody has told of, or for what a return awaits")
    func impossible() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let receipt = try await keep(bench, "R-404", [robe])
            let more = await refusal { _ = try await open(bench, receipt, 2) }
            #expect(more?.code == "not_here" && more?.field == "lines.0.quantity")
            let hint = try await keep(bench, "R-405", [])
            #expect(await refusal { _ = try await open(bench, hint) }?.code == "goods_unknown")
            try await bench.announce(bench.sendLabel(), as: "R-404")
            #expect(await refusal { _ = try await open(bench, receipt) }?.code == "not_allowed")
            let nobodys = await refusal { _ = try await open(bench, BlindReceiptID()) }
            #expect(nobodys?.code == "not_found")
        }
    }
}
