import AMQP
import Commerce
import Foundation
import Synchronization
import Testing

@testable import Messaging

@Suite("Acknowledging", .tags(.postgres, .rabbitmq), .enabled(if: MessagingBench.isThere), .timeLimit(.minutes(1)))
struct AcknowledgementTests {
    /// Lets a test see that a handler is at work, and keep it there.
    private struct Gate {
        let entered = AsyncStream.makeStream(of: Void.self)
        let opened = AsyncStream.makeStream(of: Void.self)

        func pass() async {
            entered.continuation.yield()
            for await _ in opened.stream { return }
        }
    }

    private func consumer(_ bench: MessagingBench) -> AMQPConsumer {
        AMQPConsumer(bench.amqp, queue: bench.queue, prefetch: 10, topology: bench.topology, logger: .quiet)
    }

    @Test("a message stays the broker's until its effects are committed: the next process gets it again")
    func nothingIsAcknowledgedBeforeTheCommit() async throws {
        try await MessagingBench.run { bench in
            let gate = Gate()
            let handler = MessageHandler.batch("Do", isEvent: false) { envelopes, _ in
                await gate.pass()
                throw CancellationError()
            }
            let command = try bench.command("Do")
            try await bench.processor([]).pay(Debt(direct: [command]))
            let dying = consumer(bench)
            let work = Task {
                try await MessageConsumer(consumer: dying, processor: bench.processor([handler]), logger: .quiet).run()
            }
            for await _ in gate.entered.stream { break }
            await dying.close()
            let heir = consumer(bench)
            // Where nothing comes the time limit ends the wait; the handler must be let go then too.
            let again: Result<[AMQPDelivery], any Error>
            do { again = .success(try await heir.next(max: 1)) } catch { again = .failure(error) }
            await heir.close()
            work.cancel()
            gate.opened.continuation.yield()
            _ = await work.result
            let first = try again.get().first
            #expect(first?.redelivered == true)
            #expect(first.map { try? Envelope(body: $0.body).attributes.id } == command.envelope.attributes.id)
        }
    }
}
