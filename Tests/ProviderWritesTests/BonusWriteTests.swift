import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

@testable import Returns

@Suite("The bonus of store credit at the shop", .enabled(if: WriteBench.isThere))
struct BonusWriteTests {
    @Test(
        "is given once to each of twenty customers, though the answer is lost", arguments: [LostAnswer.dropped, .late])
    func once(lost: LostAnswer) async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: lost, orders: try await LostAnswerTests.place(in: bench))
            let opened = try await run.openReturns()
            try await run.takeCredit(opened)
            let asked = try await run.requestRefunds(opened)
            let ids = try asked.mapValues { try #require($0.refundID) }
            #expect(asked.values.values.allSatisfy { $0.amount == "74.50" && $0.bonus == "7.45" })
            try await run.step(losing: false) { SendRefund(refundID: ids[$0.shopID]) }
            let granted = try await run.step { GrantStoreCreditBonus(refundID: ids[$0.shopID]) }
            #expect(granted.values.values.allSatisfy { $0.reply.granted == "7.45" })

            let state = try await bench.simulators.control("GET", "/_sim/shopify/state")
            let added = state.storeCreditAdjustments.array
            #expect(added.count == run.orders.count)
            #expect(Set(added.map(\.customer_id.int)).count == run.orders.count)
            #expect(added.allSatisfy { $0.amount.string == "7.45" })
            #expect(state.storeCredits.array.allSatisfy { $0.amount.string == "74.50" })
        }
    }
}

extension JourneyRun {
    /// One robe has come back as new, the other torn, and store credit is wanted, with a tenth on top.
    func takeCredit(_ opened: PerOrder<OpenedReturn>) async throws {
        let ids = opened.values.values.map(\.id.uuid)
        try await bench.returns.pool.execute(
            """
            UPDATE returns SET resolution = 'store_credit',
                decision = jsonb_set(decision::jsonb, '{store_credit_bonus}', '{"percent":"10"}')::json
            WHERE id = ANY(\(ids))
            """, workspace: bench.workspaceID.uuid)
        try await reopen(opened)
    }
}
