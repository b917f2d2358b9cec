import AMQP
import Commerce
import Foundation
import Synchronization
import Testing

@testable import Messaging

@Suite(
    "Commands somebody waits for", .tags(.postgres, .rabbitmq), .enabled(if: MessagingBench.isThere),
    .timeLimit(.minutes(1)))
struct InteractiveTests {
    @Test("what a person asks for is done while calls that take long hold up all that sagas send")
    func overtakes() async throws {
        try await MessagingBench.run { bench in
            let held = Held()
            let done = AsyncStream.makeStream(of: Void.self)
            let slow = MessageHandler(
                pattern: "Slow", isEvent: false, scope: .workspace,
                work: .effect { _, _ in
                    await held.wait()
                    throw CancellationError()
                })
            let quick = MessageHandler.batch("Quick", isEvent: false) { envelopes, _ in
                done.continuation.yield()
                return envelopes.map { _ in nil }
            }
            var options = MessagingRuntime.Options()
            options.prefetch = 2
            let runtime = MessagingRuntime(
                service: bench.service, amqp: bench.amqp, pool: bench.pool, publisher: bench.publisher,
                clock: SystemClock(), handlers: [slow, quick], options: options, logger: .quiet)
            let consumers = runtime.services.compactMap { $0 as? MessageConsumer }
            let work = Task {
                try await withThrowingDiscardingTaskGroup { group in
                    for consumer in consumers { group.addTask { try await consumer.run() } }
                }
            }
            let slowOnes = try (0..<4).map { try bench.command("Slow", path: "\($0)") }
            try await bench.processor([]).pay(Debt(direct: slowOnes))
            for _ in 0..<options.prefetch { await held.entered() }
            let asked = try bench.command("Quick").interactive(to: bench.service)
            try await bench.processor([]).pay(Debt(direct: [asked]))
            var isDone = false
            for await _ in done.stream {
                isDone = true
                break
            }
            #expect(isDone && !held.isOpen)
            held.letGo()
            work.cancel()
            _ = await work.result
        }
    }

    /// Keeps whoever comes, and tells that they came.
    private final class Held: Sendable {
        private let arrivals = AsyncStream.makeStream(of: Void.self)
        private let state = Mutex<(isOpen: Bool, waiters: [CheckedContinuation<Void, Never>])>((false, []))

        func wait() async {
            arrivals.continuation.yield()
            await withCheckedContinuation { waiter in
                let passes = state.withLock { state in
                    if !state.isOpen { state.waiters.append(waiter) }
                    return state.isOpen
                }
                if passes { waiter.resume() }
            }
        }

        func entered() async {
            for await _ in arrivals.stream { return }
        }

        var isOpen: Bool { state.withLock { $0.isOpen } }

        func letGo() {
            let waiters = state.withLock { state in
                defer { state = (true, []) }
                return state.waiters
            }
            for waiter in waiters { waiter.resume() }
        }
    }
}
