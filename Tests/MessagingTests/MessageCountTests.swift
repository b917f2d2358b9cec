import Commerce
import CoreMetrics
import Foundation
import ServiceKit
import Testing

@testable import Messaging

@Suite("Counting messages", .tags(.postgres, .rabbitmq), .enabled(if: MessagingBench.isThere))
struct MessageCountTests {
    private struct Odd: Error {}

    private func deliver(
        _ names: [String], _ handlers: [MessageHandler], _ bench: MessagingBench, twice: Bool = false
    ) async throws {
        let processor = bench.processor(handlers)
        let incoming = try names.map {
            MessageProcessor.Incoming(body: try bench.command($0).envelope.body, isOversized: false)
        }
        for _ in 0..<(twice ? 2 : 1) {
            for (job, _) in processor.jobs(incoming) { _ = try await processor.commit(job) }
        }
    }

    /// What `/metrics` shows after the work.
    private func lines(_ work: () async throws -> Void) async throws -> [Substring] {
        let registry = PrometheusRegistry()
        try await withMetricsFactory(registry) { try await work() }
        return registry.text.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.contains("dropped") }
    }

    @Test("a message counts once as done, and as repeated whenever it comes again")
    func done() async throws {
        try await MessagingBench.run { bench in
            let handler = MessageHandler.batch("Do", isEvent: false) { envelopes, _ in
                envelopes.map { _ in .accepted(.emptyObject) }
            }
            let lines = try await lines { try await deliver(["Do", "Do", "Do"], [handler], bench, twice: true) }
            #expect(
                lines == [
                    #"messages_processed_total{type="Do",outcome="done"} 3"#,
                    #"messages_processed_total{type="Do",outcome="repeated"} 3"#,
                ])
        }
    }

    @Test("a refusal is told apart, and a failed try counts as one")
    func failed() async throws {
        try await MessagingBench.run { bench in
            let handlers = [
                MessageHandler.batch("Refuse", isEvent: false) { _, _ in throw Refusal(code: "no", message: "no") },
                MessageHandler.batch("Fail", isEvent: false) { _, _ in throw Odd() },
            ]
            let lines = try await lines {
                try await deliver(["Refuse"], handlers, bench)
                try await deliver(["Fail", "Fail"], handlers, bench)
            }
            #expect(
                lines == [
                    #"messages_failed_total{type="Fail"} 2"#,
                    #"messages_processed_total{type="Refuse",outcome="refused"} 1"#,
                ])
        }
    }

    @Test("a dead letter counts under its queue and reason, once however often it is drained")
    func deadLetter() async throws {
        try await MessagingBench.run { bench in
            let envelope = try bench.command("Do").envelope
            let lines = try await lines {
                for _ in 0..<2 {
                    _ = try await bench.outbox.store(
                        DeadLetter(
                            queue: bench.queue, body: envelope.body, envelope: envelope, reason: "exhausted",
                            detail: "x"))
                }
            }
            #expect(lines == [#"dead_letters_total{queue="\#(bench.queue)",reason="exhausted"} 1"#])
        }
    }
}
