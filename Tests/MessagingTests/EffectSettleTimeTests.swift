import Commerce
import Foundation
import Postgres
import Synchronization
import Testing

@testable import Messaging

/// Changes something at a provider that keeps no key, so that it has to be looked for.
private struct Write: Messaging.Command {
    static let owner = ServiceName.tracking
    static let name = "Write"
    var key: String
    typealias Reply = String
}

private struct Nothing: Codable, Sendable {}

private struct WriteHandler: EffectHandler {
    typealias Message = Write

    let effect = EffectKind("test", "write", recovery: .probe(settleTime: .seconds(30)))
    let perform: @Sendable (EffectCall) async throws -> String

    func plan(_ command: Write, in transaction: HandlerTransaction) async throws -> EffectPlan<Nothing, String> {
        .effect(key: command.key, Nothing())
    }

    func perform(_ request: Nothing, for call: EffectCall) async throws -> String { try await perform(call) }

    func settle(
        _ outcome: String, of request: Nothing, for command: Write, in transaction: HandlerTransaction
    ) async throws -> String { outcome }
}

@Suite("Settle times of effects", .tags(.postgres), .enabled(if: MessagingBench.isThere))
struct EffectSettleTimeTests {
    /// An effect at a provider that never shows it, and how often it was called.
    private struct Effect: Sendable {
        let bench: MessagingBench
        let key = "write:\(UUIDv7.make().canonicalText)"
        let calls = Counter()

        final class Counter: Sendable {
            /// Since the first call, of each.
            private let ages = Mutex<[Duration?]>([])
            var value: Int { ages.withLock { $0.count } }
            var last: Duration? { ages.withLock { $0.last ?? nil } }
            func raise(_ call: EffectCall) { ages.withLock { $0.append(call.sinceFirstCall) } }
        }

        /// - Parameter during: what happens while the provider is being called.
        func deliver(during: @escaping @Sendable () async throws -> Void = {}) async throws {
            let handler = WriteHandler { [calls] call in
                calls.raise(call)
                try await during()
                throw ProviderFailure.unknownOutcome(code: "timeout", message: "no answer in time")
            }
            let processor = bench.processor([.effect(handler)])
            let message = try bench.outbox.factory.command(
                Write(key: key), subject: nil, context: MessageContext(workspaceID: bench.workspaceID, actor: "test"))
            let incoming = MessageProcessor.Incoming(body: message.envelope.body, isOversized: false)
            for (job, _) in processor.jobs([incoming]) { _ = try await processor.commit(job) }
        }

        func set(_ change: SQL) async throws {
            try await bench.pool.execute("UPDATE effects SET \(change) WHERE key = \(key)")
        }

        func state() async throws -> String {
            try await bench.pool.query("SELECT state FROM effects WHERE key = \(key)")[0]("state")
        }
    }

    @Test("begin with the end of a call whose answer was lost, however long it lasted, and not anew with each look")
    func longCall() async throws {
        try await MessagingBench.run { bench in
            let effect = Effect(bench: bench)
            try await effect.deliver { try await effect.set("called_at = now() - interval '1 hour'") }
            #expect(try await effect.state() == "unknown")
            try await effect.deliver()
            #expect(effect.calls.value == 1)
            try await effect.set("called_at = called_at - interval '15 seconds'")
            try await effect.deliver()
            #expect(effect.calls.value == 1)
            try await effect.set("called_at = called_at - interval '15 seconds'")
            try await effect.deliver()
            #expect(effect.calls.value == 2)
        }
    }

    @Test("are over for a call that knows how long ago an earlier one may have acted; the first knows of none")
    func age() async throws {
        try await MessagingBench.run { bench in
            let effect = Effect(bench: bench)
            try await effect.deliver()
            #expect(effect.calls.value == 1 && effect.calls.last == nil)
            try await effect.set("called_at = now() - interval '1 hour', created_at = now() - interval '25 hours'")
            try await effect.deliver()
            #expect(effect.calls.value == 2)
            let age = try #require(effect.calls.last)
            #expect(age >= .hours(25))
        }
    }

    @Test("are put off no further by one who dies while it looks")
    func diedLooking() async throws {
        try await MessagingBench.run { bench in
            let effect = Effect(bench: bench)
            try await effect.deliver()
            try await effect.set(
                """
                state = 'unknown', called_at = now() - interval '1 hour', lease_until = now() - interval '1 second'
                """)
            try await effect.deliver()
            #expect(effect.calls.value == 2)
        }
    }

    @Test("begin with the end of the lease where the caller died in its call")
    func diedInItsCall() async throws {
        try await MessagingBench.run { bench in
            let effect = Effect(bench: bench)
            try await effect.deliver()
            try await effect.set(
                """
                state = 'calling', called_at = now() - interval '1 hour', lease_until = now() - interval '1 second'
                """)
            for _ in 0..<2 {
                try await effect.deliver()
                #expect(effect.calls.value == 1)
                #expect(try await effect.state() == "unknown")
            }
            try await effect.set(
                """
                state = 'calling', called_at = now() - interval '1 hour', lease_until = now() - interval '30 seconds'
                """)
            try await effect.deliver()
            #expect(effect.calls.value == 2)
        }
    }
}
