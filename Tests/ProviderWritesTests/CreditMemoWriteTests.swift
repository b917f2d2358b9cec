import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

@testable import Returns

@Suite("Credit memos whose answers are lost", .enabled(if: WriteBench.isThere))
struct CreditMemoWriteTests {
    @Test(
        "where orders are no cash sales and store credit is taken, each of twenty returns is credited once in both books",
        arguments: [LostAnswer.dropped, .late])
    func once(lost: LostAnswer) async throws {
        try await WriteBench.run(cashSale: false) { bench in
            let run = JourneyRun(bench: bench, lost: lost, orders: try await LostAnswerTests.place(in: bench))
            try await run.shipGoods()
            let opened = try await run.openReturns()
            try await run.takeCredit(opened)
            try await run.step(losing: false) { AuthorizeReturn(returnID: opened[$0.shopID].id) }
            let asked = try await run.requestRefunds(opened)
            let ids = try asked.mapValues { try #require($0.refundID) }
            try await run.step(losing: false) { SendRefund(refundID: ids[$0.shopID]) }
            try await run.step(losing: false) { RecordReturnReceipt(returnID: opened[$0.shopID].id) }
            let credits = try await run.step(to: "*/!transform/creditMemo") {
                RecordReturnCredit(returnID: opened[$0.shopID].id)
            }
            let books = try await run.step(to: "*/creditmemo") { RecordRefundInBooks(refundID: ids[$0.shopID]) }
            try await run.expectCredited(
                asked, credits.mapValues(\.reply.creditID), books.mapValues(\.reply.documentID))
        }
    }
}

extension JourneyRun {
    fileprivate func expectCredited(
        _ refunds: PerOrder<RequestReturnRefund.Reply>, _ credits: PerOrder<String?>, _ books: PerOrder<String?>
    ) async throws {
        let erp = try await bench.simulators.control("GET", "/_sim/netsuite/state")
        let ledger = try await bench.simulators.control("GET", "/_sim/quickbooks/state")
        for order in orders {
            let id = try #require(refunds[order.shopID].refundID)
            let memos = erp.creditMemos.array.filter { $0.externalId.string == "\(id)" }
            #expect(memos.map(\.total.number) == [74.5])
            #expect(credits[order.shopID] != nil && books[order.shopID] != nil)
            let number = ReturnNumber.of(refund: "\(id)")
            let entered = ledger.creditMemos.array.filter { $0.DocNumber.string == number }
            #expect(entered.map(\.TotalAmt.number) == [74.5])
        }
        #expect(erp.cashRefunds.array.isEmpty && ledger.refundReceipts.array.isEmpty)
    }
}
