import ArgumentParser
import Foundation
import Messaging
import Postgres

/// What sleeping sagas cost, and how fast due ones are woken.
struct TimerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "timers")

    @Option(help: "How many sagas sleep on.") var sleepers = 100_000
    @Option(help: "How many become due at once.") var due = 10_000
    @Option var coordinatorPid: Int32

    private struct Figures: Encodable {
        var sleepers: Int
        var coordinatorBytesBefore: Int
        var coordinatorBytesAfter: Int
        var postgresBytesASleeper: Int
        var due: Int
        var dueSeconds: Double
        var firedPerSecond: Double

        enum CodingKeys: String, CodingKey {
            case sleepers, due
            case coordinatorBytesBefore = "coordinator_bytes_before"
            case coordinatorBytesAfter = "coordinator_bytes_after"
            case postgresBytesASleeper = "postgres_bytes_a_sleeper"
            case dueSeconds = "due_seconds"
            case firedPerSecond = "fired_per_second"
        }
    }

    // LIMIT: starts in flight at a time; more would only fill the queue.
    private static let chunk = 1_000
    private static let longNap = 7_200
    private static let shortNap = 3_600

    func run() async throws {
        let flow = try SagaFlow()
        try await flow.prepare()
        let figures = try await BenchDatabase.with { try await measure(flow, $0) }
        await flow.close()
        let growth = (figures.coordinatorBytesAfter - figures.coordinatorBytesBefore) / 1_048_576
        try Report.show(
            "timers", figures,
            "\(sleepers) asleep: coordinator +\(growth) MB, \(figures.postgresBytesASleeper) bytes each in Postgres; "
                + "\(due) due ones processed in \(figures.dueSeconds) s (\(figures.firedPerSecond)/s)")
    }

    private func measure(_ flow: SagaFlow, _ pool: PostgresPool) async throws -> Figures {
        // The first few bring the coordinator's pools and caches to their size.
        try await sleep(100, Self.longNap, flow, pool)
        let bytesBefore = try ProcessFacts.residentBytes(of: coordinatorPid)
        let sizeBefore = try await SleeperStore.bytes(in: pool)
        try await sleep(sleepers, Self.longNap, flow, pool)
        let bytesAfter = try ProcessFacts.residentBytes(of: coordinatorPid)
        let sizeAfter = try await SleeperStore.bytes(in: pool)
        try await sleep(due, Self.shortNap, flow, pool)
        let seconds = try await wake(flow, pool)
        return Figures(
            sleepers: sleepers, coordinatorBytesBefore: bytesBefore, coordinatorBytesAfter: bytesAfter,
            postgresBytesASleeper: (sizeAfter - sizeBefore) / max(sleepers, 1), due: due, dueSeconds: seconds.rounded1,
            firedPerSecond: (Double(due) / max(seconds, 0.001)).rounded1)
    }

    private func sleep(_ count: Int, _ nap: Int, _ flow: SagaFlow, _ pool: PostgresPool) async throws {
        let prefix = UUIDv7Text.make()
        let before = try await SleeperStore.waiting(in: pool)
        for first in stride(from: 0, to: count, by: Self.chunk) {
            let keys = (first..<min(first + Self.chunk, count)).map { "\(prefix)-\($0)" }
            try await flow.start(SleepingSaga.name, keys: keys) { _ in try RawJSON(encoding: Nap(seconds: nap)) }
        }
        while try await SleeperStore.waiting(in: pool) < before + count {
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Moves business time on by the short nap and waits for every saga that is due then.
    private func wake(_ flow: SagaFlow, _ pool: PostgresPool) async throws -> Double {
        let begin = ContinuousClock.now
        try await SleeperStore.advanceClock(seconds: Self.shortNap, in: pool)
        var left = due
        while left > 0 { left -= try await flow.ended().count }
        return (ContinuousClock.now - begin) / .seconds(1)
    }
}
