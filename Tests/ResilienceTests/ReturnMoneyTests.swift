import Foundation
import Logging
import Postgres
import Support
import Testing

extension Resilience {
    @Suite("Money of returns")
    struct ReturnMoneyTests {
        let stack: RunningStack
        let pool: PostgresPool

        private static let victims: Set = ["returns", "notifications", "saga-coordinator"]
        // LIMIT: the shop lets two calls a second in, and an order with its return takes some twenty.
        private static let secondsPerReturn = 15

        init() throws {
            stack = try RunningStack()
            pool = PostgresPool(
                try PostgresConfiguration(
                    url: stack["STATESET_POSTGRES_URL"], applicationName: "resilience", poolSize: 1),
                logger: Logger(label: "resilience") { _ in SwiftLogNoOpLogHandler() })
        }

        @Test("every return is refunded once, and the ledger is the shop's money, whoever is killed meanwhile")
        func refundedOnce() async throws {
            let started = ContinuousClock.now
            let end = started + .seconds(120 + Resilience.returns * Self.secondsPerReturn)
            let before = try await Residue(crowd: Crowd(stack, pool)).count()
            try await stack.automateWarehouse(true)
            let crowd: Crowd
            do {
                crowd = try await deliver(until: end)
            } catch {
                try await stack.automateWarehouse(false)
                throw error
            }
            try await stack.automateWarehouse(false)
            let (returning, chaos) = try await giveBack(crowd, until: end)
            try await Residue(crowd: crowd).expectNone(beside: before)
            let accounts = try await accounts(of: returning)
            #expect(accounts.refunds == Resilience.returns && accounts.given == accounts.posted)
            #expect(!chaos.kills.isEmpty)
            report(accounts, chaos, .now - started)
            await pool.close()
        }

        /// Orders that are with their customers, their payments known.
        private func deliver(until end: ContinuousClock.Instant) async throws -> Crowd {
            var crowd = Crowd(stack, pool)
            try await crowd.place(delivered: Resilience.returns, undone: 0)
            let returning = ReturningCrowd(crowd)
            while true {
                let progress = try await crowd.progress()
                if progress.byStatus["delivered"] == crowd.count, try await returning.payments() == crowd.count {
                    return crowd
                }
                try await wait(until: end, "delivered: \(progress.byStatus)")
            }
        }

        private func giveBack(
            _ crowd: Crowd, until end: ContinuousClock.Instant
        ) async throws -> (ReturningCrowd, Chaos) {
            var returning = ReturningCrowd(crowd)
            var chaos = try Chaos(stack, seed: Resilience.seed, stepsPerKill: 12) { Self.victims.contains($0) }
            while true {
                let progress = try await returning.progress()
                if progress.finished == crowd.count { return (returning, chaos) }
                try chaos.advance(to: progress.steps)
                try await returning.ask(3)
                try await returning.receive(3)
                try await wait(
                    until: end, "\(progress.finished) of \(crowd.count), \(progress.byStatus); \(chaos.summary)")
            }
        }

        private func wait(until end: ContinuousClock.Instant, _ state: @autoclosure () -> String) async throws {
            guard ContinuousClock.now < end else { throw NotReturned(description: state()) }
            try await ContinuousClock().sleep(for: .milliseconds(200))
        }

        private func accounts(of returning: ReturningCrowd) async throws -> ReturnAccounts {
            var accounts = try await ReturnAccounts(stack)
            for (shopID, ticketID) in returning.tickets {
                let ticket = try await stack.api("GET", "tickets/\(ticketID)").json
                #expect(ticket.status.string == "refunded", "ticket of order \(shopID)")
                let goods = try await stack.api("GET", "returns/\(ticket.return_id.string ?? "")").json
                let ledger = try await stack.api("GET", "orders/\(goods.order_id.string ?? "")/ledger").json
                accounts.expectRefunded(shopID, goods, ledger)
            }
            return accounts
        }

        /// What happened, for whoever reads the log of a run.
        private func report(_ accounts: ReturnAccounts, _ chaos: Chaos, _ duration: Duration) {
            let text = """
                resilience: \(Resilience.returns) returns, \(accounts.refunds) refunds in \
                \(duration.components.seconds) s; the shop gave \(accounts.given) cents, the ledger says \
                \(accounts.posted); killed \(chaos.summary)

                """
            FileHandle.standardOutput.write(Data(text.utf8))
        }
    }
}

struct NotReturned: Error, CustomStringConvertible {
    let description: String
}
