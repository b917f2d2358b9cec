import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

@testable import Returns

@Suite("An ERP account without Advanced Receiving", .enabled(if: WriteBench.isThere))
struct ReceiptlessTests {
    private func refunded(_ bench: WriteBench) async throws -> (OrderJourney, ReturnID) {
        try await bench.simulators.control("POST", "/_sim/netsuite/features", #"{"advanced_receiving":false}"#)
        let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
        let order = run.orders[0]
        try await run.shipGoods()
        let opened = try await run.openReturns()
        try await run.reopen(opened)
        let id = opened[order.shopID].id
        _ = try await order.perform(AuthorizeReturn(returnID: id))
        let refund = try #require(try await run.requestRefunds(opened)[order.shopID].refundID)
        _ = try await order.perform(SendRefund(refundID: refund))
        return (order, id)
    }

    @Test("says what it is and what to do, instead of that a receipt is wrong")
    func unknown() async throws {
        try await WriteBench.run { bench in
            let (order, id) = try await refunded(bench)
            let refusal = await #expect(throws: Refusal.self) {
                try await order.perform(RecordReturnReceipt(returnID: id))
            }
            #expect(refusal?.code == "no_item_receipts")
            #expect(refusal?.message.contains("Advanced Receiving") == true)
        }
    }

    @Test("set up as one, receives with the credit what has come in")
    func known() async throws {
        try await WriteBench.run(itemReceipts: false) { bench in
            let (order, id) = try await refunded(bench)
            #expect(try await order.perform(RecordReturnReceipt(returnID: id)).receiptID == nil)
            #expect(try await order.perform(RecordReturnCredit(returnID: id)).creditID != nil)
            let erp = try await bench.simulators.control("GET", "/_sim/netsuite/state")
            #expect(erp.cashRefunds.array.map(\.total.number) == [74.5] && erp.itemReceipts.array.isEmpty)
            let authorized = erp.returnAuthorizations.array.filter { $0.externalId.string == "\(id)-2" }
            #expect(authorized.map(\.status.id.string) == ["G"])
            let told = try await bench.returns.pool.query(
                "SELECT summary FROM return_timeline WHERE type = 'return.receipt_left_out'",
                workspace: bench.workspaceID.uuid)
            #expect(try told.map { try $0("summary", as: String.self).contains("1 of the units") } == [true])
        }
    }
}
