import Commerce
import Foundation
import Messaging

/// Keeps a number of sagas under way: a warm-up, the measured time, then waits for the rest to end.
struct SagaRun {
    struct Plan: Sendable {
        var concurrency: Int
        var warmUp: Duration
        /// The measured time; `nil` measures `count` sagas instead.
        var time: Duration?
        var count: Int?
        /// How long the last sagas may take to end.
        var patience = Duration.seconds(60)
    }

    struct Result: Sendable {
        var started = 0
        var ended = 0
        /// Other than `completed`.
        var failed = 0
        var measured = Latencies()
        var elapsed = Duration.zero
    }

    let plan: Plan
    let flow: SagaFlow
    private let prefix = UUIDv7.make().hexDigits

    init(_ plan: Plan, _ flow: SagaFlow) {
        self.plan = plan
        self.flow = flow
    }

    /// - Parameter warmedUp: what is to be done before the measured time begins, while sagas go on.
    func run(warmedUp: () async throws -> Void) async throws -> Result {
        var result = Result()
        var births: [String: ContinuousClock.Instant] = [:]
        let begin = ContinuousClock.now
        var measuringSince: ContinuousClock.Instant?
        var isOver = false
        try await start(plan.concurrency, &births, &result)
        while !births.isEmpty {
            let ended = try await nextEnded()
            guard !ended.isEmpty else { break }
            let now = ContinuousClock.now
            let finished = ended.filter { births[$0.key] != nil }
            for saga in finished {
                guard let birth = births.removeValue(forKey: saga.key) else { continue }
                result.ended += 1
                if saga.status != "completed" { result.failed += 1 }
                if measuringSince != nil, !isOver { result.measured.add(now - birth) }
            }
            if measuringSince == nil, now - begin >= plan.warmUp {
                try await warmedUp()
                measuringSince = .now
            }
            if let since = measuringSince, !isOver, isEnough(result, now - since) {
                result.elapsed = now - since
                isOver = true
            }
            if !isOver { try await start(finished.count, &births, &result) }
        }
        return result
    }

    private func isEnough(_ result: Result, _ elapsed: Duration) -> Bool {
        if let count = plan.count { return result.measured.count >= count }
        return elapsed >= plan.time ?? .zero
    }

    private func start(
        _ count: Int, _ births: inout [String: ContinuousClock.Instant], _ result: inout Result
    ) async throws {
        guard count > 0 else { return }
        let first = result.started
        let keys = (0..<count).map { "\(prefix)-\(first + $0)" }
        result.started += count
        let now = ContinuousClock.now
        for key in keys { births[key] = now }
        try await flow.start(ReturnApprovedSaga.name, keys: keys) { key in
            try RawJSON(encoding: ReturnedOrder(returnID: key, orderID: "228476"))
        }
    }

    /// Nothing once the patience is over: what has not ended by then is lost.
    private func nextEnded() async throws -> [SagaFlow.Ended] {
        try await withThrowingTaskGroup(of: [SagaFlow.Ended].self) { group in
            group.addTask { try await flow.ended() }
            group.addTask { [plan] in
                try await Task.sleep(for: plan.patience)
                return []
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }
}
