import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

@Suite("The stock of an exchange at the shop", .enabled(if: WriteBench.isThere))
struct ReservationWriteTests {
    @Test("is reserved although the first answer is lost, on the one draft there is, and then the invoice is sent")
    func lost() async throws {
        try await WriteBench.run { bench in
            let (order, id) = try await bench.askForExchange()
            // The search for what is wanted is answered.
            for mode in ["delay", "drop_after"] {
                try await bench.simulators.control(
                    "POST", "/_sim/faults",
                    #"{"provider":"shopify","method":"POST","path":"*/graphql.json","mode":"\#(mode)"}"#)
            }
            let (draft, told) = try await bench.openExchange(order, id)
            #expect(draft.reserve_inventory_until.string != nil && draft.status.string == "invoice_sent")
            #expect(told.hasPrefix("The goods of the exchange are reserved until "))
            let faults = try await bench.simulators.control("GET", "/_sim/faults").data.array
            #expect(faults.map(\.remaining.int) == [0, 0])
        }
    }

    @Test("that the shop does not reserve leaves the exchange open, and the timeline says why")
    func refused() async throws {
        try await WriteBench.run { bench in
            let (order, id) = try await bench.askForExchange()
            try await bench.simulators.control(
                "POST", "/_sim/shopify/draft-orders/reservations", #"{"refusal":"Not enough in stock."}"#)
            let (draft, told) = try await bench.openExchange(order, id)
            #expect(draft.reserve_inventory_until.isNull && draft.status.string == "invoice_sent")
            #expect(told.contains("not reserved") && told.contains("Not enough in stock."))
            #expect(told.hasSuffix("and the invoice is sent."))
        }
    }
}

extension WriteBench {
    /// A return for which three slips are wanted.
    fileprivate func askForExchange() async throws -> (order: OrderJourney, id: ReturnID) {
        let run = JourneyRun(bench: self, lost: .dropped, orders: [try await OrderJourney.place(self)])
        try await run.shipGoods()
        let order = run.orders[0]
        return (order, try await run.openReturns()[order.shopID].id)
    }

    /// Gives the one draft there is of it, and what the timeline says.
    fileprivate func openExchange(_ order: OrderJourney, _ id: ReturnID) async throws -> (draft: JSON, told: String) {
        let exchange = try await order.perform(OpenExchange(returnID: id), settleTimeIsOver: true)
        #expect(exchange.due == "117.00" && !exchange.isPaid)
        let drafts = try await simulators.control("GET", "/_sim/shopify/state").draftOrders.array
            .filter { $0.tags.string == "\(id)" }
        #expect(drafts.map { $0.id.int.map(String.init) } == [exchange.draftID])
        let told = try await returns.pool.query(
            """
            SELECT summary FROM return_timeline WHERE return_id = \(id.uuid) AND type = 'return.exchange_opened'
            """, workspace: workspaceID.uuid)
        return (try #require(drafts.first), try told[0]("summary", as: String.self))
    }
}
