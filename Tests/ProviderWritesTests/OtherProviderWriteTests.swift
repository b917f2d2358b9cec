import Commerce
import Contracts
import Messaging
import Support
import Testing

@Suite("Lost answers of Zendesk and Stripe to what a return writes", .enabled(if: WriteBench.isThere))
struct OtherProviderWriteTests {
    @Test(
        "each of twenty tickets at Zendesk has its message once, and is solved",
        arguments: [LostAnswer.dropped, .late])
    func zendesk(lost: LostAnswer) async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: lost, orders: try await LostAnswerTests.place(in: bench))
            let opened = try await run.openReturns(helpdesk: "zendesk")
            try await run.step(of: .zendeskComment) {
                PostReturnMessage(returnID: opened[$0.shopID].id, message: .received)
            }
            try await run.step(of: .zendeskStatus) { CloseReturnTicket(returnID: opened[$0.shopID].id) }
            for goods in opened.values.values {
                let ticket = try await bench.simulators.control(
                    "GET", "/_sim/zendesk/tickets/\(goods.ticketID)/customer")
                #expect(ticket.messages.array.map(\.from.string) == ["customer", "shop"])
                #expect(ticket.status.string == "solved")
            }
        }
    }

    @Test(
        "each of twenty subscriptions at Stripe is to end with its period, and goes on once that is taken back",
        arguments: [LostAnswer.dropped, .late])
    func stripe(lost: LostAnswer) async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: lost, orders: try await LostAnswerTests.place(in: bench))
            let opened = try await run.openReturns(subscriptions: "stripe")
            let cancelled = try await run.step(of: .stripeCancellation) {
                CancelReturnSubscription(returnID: opened[$0.shopID].id)
            }
            #expect(cancelled.values.values.allSatisfy { $0.reply == .init(byUs: true, nextChargeDate: nil) })
            #expect(try await endings(bench) == Set([true]))
            try await run.step(of: .stripeResumption) {
                RestoreReturnSubscription(returnID: opened[$0.shopID].id, nextChargeDate: nil)
            }
            #expect(try await endings(bench) == Set([false]))
        }
    }

    /// Whether the subscriptions end with their periods.
    private func endings(_ bench: WriteBench) async throws -> Set<Bool?> {
        let all = try await bench.simulators.control("GET", "/_sim/stripe/state").subscriptions.array
        return Set(all.map(\.cancel_at_period_end.bool))
    }
}
