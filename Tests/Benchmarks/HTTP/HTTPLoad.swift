import Foundation
import Synchronization

/// Threads that send requests as fast as they are answered, each over one connection that stays.
struct HTTPLoad: Sendable {
    struct Result: Sendable {
        /// Answered with 200, warm-up included.
        var accepted = 0
        var refused = 0
        var measured = Latencies()
    }

    let port: UInt16
    let connections: Int
    /// Makes the request of a number on a connection of a number.
    let request: @Sendable (_ connection: Int, _ number: Int) -> [UInt8]

    func run(warmUp: Duration, time: Duration) async throws -> Result {
        let begin = ContinuousClock.now
        let window = begin + warmUp..<begin + warmUp + time
        return try await withThrowingTaskGroup(of: Result.self) { group in
            for number in 0..<connections { group.addTask { try await send(number, window) } }
            return try await group.reduce(into: Result()) { all, one in
                all.accepted += one.accepted
                all.refused += one.refused
                all.measured.add(one.measured)
            }
        }
    }

    /// On a thread of its own: the calls block.
    private func send(_ number: Int, _ window: Range<ContinuousClock.Instant>) async throws -> Result {
        try await withCheckedThrowingContinuation { done in
            Thread { done.resume(with: Swift.Result { try exchangeAll(number, window) }) }.start()
        }
    }

    private func exchangeAll(_ number: Int, _ window: Range<ContinuousClock.Instant>) throws -> Result {
        let client = try KeepAliveClient(port: port)
        var result = Result()
        var count = 0
        while true {
            let begin = ContinuousClock.now
            guard begin < window.upperBound else { return result }
            let status = try client.exchange(request(number, count))
            let end = ContinuousClock.now
            count += 1
            if status == 200 { result.accepted += 1 } else { result.refused += 1 }
            if status == 200, window.contains(end) { result.measured.add(end - begin) }
        }
    }
}
