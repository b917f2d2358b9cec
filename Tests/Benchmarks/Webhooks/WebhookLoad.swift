import Foundation
import Synchronization

/// Threads that send webhooks as fast as they are answered.
struct WebhookLoad {
    struct Result: Sendable {
        var acceptedInAll = 0
        var refused = 0
        var measured = Latencies()
    }

    private let webhook: SignedWebhook
    private let port: UInt16
    private let connections: Int
    private let prefix = UUIDv7Text.make()

    init(_ webhook: SignedWebhook, port: UInt16, connections: Int) {
        self.webhook = webhook
        self.port = port
        self.connections = connections
    }

    func run(warmUp: Duration, time: Duration) async throws -> Result {
        let begin = ContinuousClock.now
        let window = begin + warmUp..<begin + warmUp + time
        return try await withThrowingTaskGroup(of: Result.self) { group in
            for number in 0..<connections { group.addTask { try await send(number, window) } }
            return try await group.reduce(into: Result()) { all, one in
                all.acceptedInAll += one.acceptedInAll
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
        let client = try WebhookClient(port: port)
        var result = Result()
        var count = 0
        while true {
            let begin = ContinuousClock.now
            guard begin < window.upperBound else { return result }
            let status = try client.exchange(webhook.request(id: "\(prefix)-\(number)-\(count)"))
            let end = ContinuousClock.now
            count += 1
            if status == 200 { result.acceptedInAll += 1 } else { result.refused += 1 }
            if status == 200, window.contains(end) { result.measured.add(end - begin) }
        }
    }
}
