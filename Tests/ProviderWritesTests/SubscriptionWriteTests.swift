import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

@testable import Returns

@Suite("Charges of subscriptions that a return puts off", .enabled(if: WriteBench.isThere))
struct SubscriptionWriteTests {
    @Test(
        "each skip, each pause and its undo act once on each of twenty returns whose answers are lost",
        arguments: [LostAnswer.dropped, .late])
    func putOff(lost: LostAnswer) async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: lost, orders: try await LostAnswerTests.place(in: bench))
            let opened = try await run.openReturns()
            let (date, until) = (JourneyRun.nextCharge, "2199-06-30")
            for order in run.orders {
                let read = try await order.perform(ReadReturnSubscription(returnID: opened[order.shopID].id))
                #expect(read.nextChargeDate == date)
            }
            let skipped = try await run.step { SkipReturnCharge(returnID: opened[$0.shopID].id, chargeDate: date) }
            #expect(skipped.values.values.allSatisfy { $0.reply.byUs })
            try await run.expectCharges(opened, "skipped", on: date)
            try await run.step { UnskipReturnCharge(returnID: opened[$0.shopID].id, chargeDate: date) }
            try await run.expectCharges(opened, "queued", on: date)
            let paused = try await run.step {
                PauseReturnSubscription(returnID: opened[$0.shopID].id, chargeDate: date, days: 90)
            }
            #expect(paused.values.values.allSatisfy { $0.reply.pausedUntil == until })
            try await run.expectCharges(opened, "queued", on: until)
            try await run.expectKept(true)
            try await run.step {
                ResumeReturnSubscription(returnID: opened[$0.shopID].id, chargeDate: date, pausedUntil: until)
            }
            try await run.expectCharges(opened, "queued", on: date)
            try await run.expectKept(false)
        }
    }

    @Test("what others did before or meanwhile is left as it is, and told")
    func others() async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
            let order = run.orders[0]
            let goods = try await run.openReturns()[order.shopID]
            let skip = SkipReturnCharge(returnID: goods.id, chargeDate: JourneyRun.nextCharge)
            #expect(try await order.perform(skip).byUs)
            try await run.begin(2, of: goods.id)
            #expect(try await order.perform(skip).byUs == false)
            await #expect(throws: Refusal.self) {
                try await order.perform(ReadReturnSubscription(returnID: goods.id))
            }

            try await run.begin(3, of: goods.id)
            let resume = ResumeReturnSubscription(
                returnID: goods.id, chargeDate: JourneyRun.nextCharge, pausedUntil: "2200-01-01")
            _ = try await order.perform(resume)
            let cancel = CancelReturnSubscription(returnID: goods.id)
            _ = try await order.perform(cancel)
            let unskip = UnskipReturnCharge(returnID: goods.id, chargeDate: JourneyRun.nextCharge)
            _ = try await order.perform(unskip)
            let told = try await run.told(of: goods.id)
            #expect(told.contains("The subscription goes on: it is charged next on \(JourneyRun.nextCharge)."))
            #expect(told.contains { $0.contains("was skipped before") })
            #expect(told.contains { $0.contains("has ended meanwhile") })
        }
    }

    @Test("at Stripe nothing is put off, and the refusal says so")
    func stripe() async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
            let order = run.orders[0]
            let goods = try await run.openReturns()[order.shopID]
            try await bench.returns.pool.execute(
                """
                UPDATE returns SET request = jsonb_set(request, '{subscription,provider}', '"stripe"')
                WHERE id = \(goods.id.uuid)
                """, workspace: bench.workspaceID.uuid)
            let refusal = await #expect(throws: Refusal.self) {
                try await order.perform(ReadReturnSubscription(returnID: goods.id))
            }
            #expect(refusal?.code == "unsupported_action")
        }
    }
}

extension JourneyRun {
    /// Each subscription has this one charge.
    fileprivate func expectCharges(_ opened: PerOrder<OpenedReturn>, _ status: String, on date: String) async throws {
        let charges = try await bench.simulators.control("GET", "/_sim/recharge/state").charges.array
        for goods in opened.values.values {
            let mine = charges.filter {
                $0.line_items.array.first?.purchase_item_id.int == Int(goods.subscriptionID)
            }
            #expect(mine.map(\.status.string) == [status])
            #expect(mine.map(\.scheduled_at.string) == [date])
        }
    }

    /// Whether each return still says what it has done to its subscription.
    fileprivate func expectKept(_ isKept: Bool) async throws {
        let rows = try await bench.returns.pool.query(
            "SELECT count(*) AS kept FROM returns WHERE subscription_change IS NOT NULL",
            workspace: bench.workspaceID.uuid)
        #expect(try rows[0]("kept", as: Int.self) == (isKept ? orders.count : 0))
    }

    /// A further life of the return.
    fileprivate func begin(_ generation: Int, of id: ReturnID) async throws {
        try await bench.returns.pool.execute(
            "UPDATE returns SET generation = \(generation) WHERE id = \(id.uuid)", workspace: bench.workspaceID.uuid)
    }

    fileprivate func told(of id: ReturnID) async throws -> [String] {
        try await bench.returns.pool.query(
            "SELECT summary FROM return_timeline WHERE return_id = \(id.uuid)", workspace: bench.workspaceID.uuid
        ).map { try $0("summary") }
    }
}
