import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

@testable import Returns

@Suite("Exchanges in the books", .enabled(if: WriteBench.isThere))
struct ExchangeBooksTests {
    @Test(
        "an exchange of equal worth, and one the customer pays for, stand in the ledger and at the ERP, once",
        arguments: [(2, "0.00"), (3, "74.50")])
    func exchanged(wanted: Int, due: String) async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
            let order = run.orders[0]
            try await run.shipGoods()
            let goods = try await run.openReturns()[order.shopID]
            let authorization = try await order.perform(AuthorizeReturn(returnID: goods.id)).authorizationID
            try await comesBack(goods, for: wanted, bench)
            let exchange = try await order.perform(OpenExchange(returnID: goods.id))
            #expect(exchange.due == due && exchange.isPaid == (due == "0.00"))
            if exchange.isPaid {
                // The saga asks for the refund first: there is none.
                let refunds = try await run.requestRefunds(PerOrder(values: [order.shopID: goods]))
                #expect(refunds[order.shopID].refundID == nil)
            } else {
                try await bench.simulators.control("POST", "/_sim/shopify/draft-orders/\(exchange.draftID)/pay")
            }
            for _ in 0..<2 {
                let complete = CompleteExchange(returnID: goods.id, draftID: exchange.draftID)
                #expect(try await order.perform(complete).orderID != nil)
                _ = try await order.perform(RecordReturnReceipt(returnID: goods.id))
                #expect(try await order.perform(RecordReturnCredit(returnID: goods.id)).creditID != nil)
            }
            let balances = try await balances(of: order, bench)
            #expect(balances == ["captured": 29_800, "exchange": -14_900, "goods": -14_900])
            try await expectCredited(goods, authorization, bench)
        }
    }

    @Test(
        "tax on the new goods is taken of the refund, and asked for where they cost more",
        arguments: [(1, "0.00", Optional("67.05")), (3, "96.84", nil)])
    func taxed(wanted: Int, due: String, refunded: String?) async throws {
        try await WriteBench.run { bench in
            try await bench.simulators.control("POST", "/_sim/shopify/draft-orders/tax", #"{"rate":"0.1"}"#)
            let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
            let order = run.orders[0]
            try await run.shipGoods()
            let goods = try await run.openReturns()[order.shopID]
            try await comesBack(goods, for: wanted, bench)
            // 149.00 came back, for goods of 74.50 apiece with a tenth of tax.
            let exchange = try await order.perform(OpenExchange(returnID: goods.id))
            #expect(exchange.due == due && exchange.isPaid == (due == "0.00"))
            guard let refunded else { return }
            let refunds = try await run.requestRefunds(PerOrder(values: [order.shopID: goods]))
            #expect(refunds[order.shopID].amount == refunded)
        }
    }

    @Test("an exchange that is called off after the customer has paid is given once: its order is found again")
    func calledOff() async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
            let order = run.orders[0]
            try await run.shipGoods()
            let goods = try await run.openReturns()[order.shopID]
            try await comesBack(goods, for: 3, bench)
            let exchange = try await order.perform(OpenExchange(returnID: goods.id))
            try await bench.simulators.control("POST", "/_sim/shopify/draft-orders/\(exchange.draftID)/pay")
            let cancel = CancelExchange(returnID: goods.id, draftID: exchange.draftID)
            let made = try #require(try await order.perform(cancel).orderID)
            let withdrawal = try bench.envelope(WithdrawReturn.name, WithdrawReturn(returnID: goods.id))
            guard case .accepted? = try await bench.returns.deliver(withdrawal) else {
                Issue.record("the return was not withdrawn")
                return
            }
            // The next life of the return.
            #expect(try await order.perform(OpenExchange(returnID: goods.id)) == exchange)
            let complete = CompleteExchange(returnID: goods.id, draftID: exchange.draftID)
            #expect(try await order.perform(complete).orderID == made)
        }
    }

    /// Both robes are here as good as new, and others are wanted for them.
    private func comesBack(_ goods: OpenedReturn, for wanted: Int, _ bench: WriteBench) async throws {
        let lines = JSONB(text: #"[{"sku":"MIE-ROBE-S","quantity":\#(wanted)}]"#)
        try await bench.returns.pool.execute(
            """
            UPDATE returns SET status = 'inspected', request = jsonb_set(request, '{exchange_lines}', \(lines))
            WHERE id = \(goods.id.uuid)
            """, workspace: bench.workspaceID.uuid)
        try await bench.returns.pool.execute(
            """
            UPDATE return_units SET state = 'received', matched = true, grade = 'A'
            WHERE return_id = \(goods.id.uuid)
            """, workspace: bench.workspaceID.uuid)
    }

    /// Debits less credits of the order's accounts, where there is a difference.
    private func balances(of order: OrderJourney, _ bench: WriteBench) async throws -> [String: Int] {
        let rows = try await bench.returns.pool.query(
            """
            SELECT account, sum(debit - credit)::bigint AS balance FROM postings WHERE order_id = \(order.orderID.uuid)
            GROUP BY account HAVING sum(debit - credit) <> 0
            """, workspace: bench.workspaceID.uuid)
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0("account"), try $0("balance")) })
    }

    /// The authorization is over, and nothing of money was credited for it.
    private func expectCredited(_ goods: OpenedReturn, _ authorization: String?, _ bench: WriteBench) async throws {
        let erp = try await bench.simulators.control("GET", "/_sim/netsuite/state")
        let credits = erp.cashRefunds.array.filter { $0.externalId.string == "\(goods.id)-exchange" }
        #expect(credits.map(\.total.number) == [0])
        #expect(credits.first?.item.items.array.map(\.quantity.int) == [2])
        let authorized = erp.returnAuthorizations.array.filter { $0.id.string == authorization }
        #expect(authorized.map(\.status.id.string) == ["G"])
    }
}
