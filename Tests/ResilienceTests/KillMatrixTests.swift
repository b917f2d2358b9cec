import Foundation
import Logging
import Messaging
import Postgres
import SeededRandom
import Support
import Testing

extension Resilience {
    @Suite("Kill matrix")
    struct KillMatrixTests {
        let stack: RunningStack
        let pool: PostgresPool
        let matrix: KillMatrix

        /// LIMIT: what a further wave adds when a point has not killed often enough yet.
        private static let wavesMax = 6
        /// Changes of one order's saga from its start to its end, roughly; the kills are spread over them.
        private static let stepsPerOrder = 16

        init() throws {
            stack = try RunningStack()
            matrix = KillMatrix(path: stack["STATESET_KILL_POINTS"])
            pool = PostgresPool(
                try PostgresConfiguration(
                    url: stack["STATESET_POSTGRES_URL"], applicationName: "resilience", poolSize: 1),
                logger: Logger(label: "resilience") { _ in SwiftLogNoOpLogHandler() })
        }

        @Test("every order reaches its end, each effect once, whatever is killed at named points and at random")
        func everythingKilled() async throws {
            let started = ContinuousClock.now
            let before = try await Residue(crowd: Crowd(stack, pool)).count()
            matrix.forget()
            try await setUpProviders()
            let outcome: Result<(Crowd, Chaos), any Error>
            do { outcome = .success(try await fight()) } catch { outcome = .failure(error) }
            matrix.disarm()
            try await tearDownProviders()
            let (crowd, chaos) = try outcome.get()
            try await Residue(crowd: crowd).expectNone(beside: before)
            try await expectEnds(crowd)
            for point in KillPoint.allCases {
                #expect(matrix.hits(point) >= Resilience.hitsMin, "kills at \(point.rawValue)")
            }
            #expect(chaos.pendingRestarts.isEmpty, "servers were killed as planned")
            report(crowd, chaos, .now - started)
            await pool.close()
        }

        /// Waves of orders under fire until every point has killed often enough and every order is at its end.
        private func fight() async throws -> (Crowd, Chaos) {
            var crowd = Crowd(stack, pool)
            let (good, bad) = (Resilience.orders, max(5, Resilience.orders / 10))
            var chaos = try Chaos(
                stack, seed: Resilience.seed, steps: (good + bad) * Self.stepsPerOrder)
            let end = ContinuousClock.now + Resilience.patience
            for wave in 0..<Self.wavesMax {
                let missing = matrix.missing(Resilience.hitsMin)
                guard wave == 0 || !missing.isEmpty else { break }
                try matrix.arm(missing, limit: Resilience.hitsMin + 1)
                try await planTransientFailures(breaks: wave == 0)
                if wave == 0 {
                    try await crowd.place(delivered: good, undone: bad)
                } else {
                    try await crowd.place(delivered: 3, undone: missing.contains(.compensating) ? 3 : 0)
                }
                try await watch(crowd, &chaos, until: end)
            }
            return (crowd, chaos)
        }

        private func watch(_ crowd: Crowd, _ chaos: inout Chaos, until end: ContinuousClock.Instant) async throws {
            while true {
                let progress = try await crowd.progress()
                if progress.finished == crowd.count { return }
                try chaos.advance(to: progress.steps)
                guard ContinuousClock.now < end else {
                    throw NotFinished(progress: progress, of: crowd.count, kills: chaos.summary + "; " + matrix.summary)
                }
                try await ContinuousClock().sleep(for: .milliseconds(200))
            }
        }
    }
}

struct NotFinished: Error, CustomStringConvertible {
    let progress: Crowd.Progress
    let of: Int
    let kills: String

    var description: String { "\(progress.finished) of \(of) finished: \(progress.byStatus); killed: \(kills)" }
}
