import AMQP
import Commerce
import Foundation
import Postgres
import Synchronization
import Testing

@testable import Messaging

@Suite("Processing deliveries", .tags(.postgres, .rabbitmq), .enabled(if: MessagingBench.isThere))
struct MessageProcessorTests {
    /// What a handler was given, by message id.
    private final class Seen: Sendable {
        let fresh = Mutex<[String]>([])
        let repeated = Mutex<[String]>([])
    }

    private func counting(_ seen: Seen, owing: (@Sendable (HandlerTransaction) throws -> Void)? = nil) -> MessageHandler
    {
        .batch("Do", isEvent: false) { envelopes, transaction in
            seen.repeated.withLock { $0 += envelopes.map(\.attributes.id) }
            try owing?(transaction)
        } _: { envelopes, transaction in
            seen.fresh.withLock { $0 += envelopes.map(\.attributes.id) }
            try owing?(transaction)
            return envelopes.map { .accepted(RawJSON(text: #"{"did":"\#($0.attributes.id)"}"#)) }
        }
    }

    private func deliver(
        _ messages: [OutgoingMessage], redelivered: Bool = false, to processor: MessageProcessor
    ) async throws -> Debt {
        var debt = Debt()
        let incoming = messages.map {
            MessageProcessor.Incoming(body: $0.envelope.body, isOversized: false, isRedelivered: redelivered)
        }
        for (job, _) in processor.jobs(incoming) { debt += try await processor.commit(job) }
        return debt
    }

    private func replies(_ debt: Debt) throws -> [String?] {
        try debt.direct.map { try $0.envelope.data(CommandReply.Body.self).result }
    }

    @Test(
        "a message that comes again is answered from its row, flagged as redelivered or not", arguments: [true, false])
    func comesAgain(redelivered: Bool) async throws {
        try await MessagingBench.run { bench in
            let seen = Seen()
            let processor = bench.processor([counting(seen)])
            let command = try bench.command("Do")
            let first = try await deliver([command], to: processor)
            let second = try await deliver([command], redelivered: redelivered, to: processor)
            #expect(try replies(first) == replies(second))
            #expect(try replies(first).count == 1)
            #expect(seen.repeated.withLock { $0 } == [command.envelope.attributes.id])
            #expect(try await bench.inboxCount() == 1)
        }
    }

    @Test("a batch in which one was processed before commits the others, once each")
    func mixedBatch() async throws {
        try await MessagingBench.run { bench in
            let seen = Seen()
            let processor = bench.processor([counting(seen)])
            let commands = try (0..<5).map { _ in try bench.command("Do") }
            _ = try await deliver([commands[2]], to: processor)
            let debt = try await deliver(commands + [commands[4]], to: processor)
            #expect(try replies(debt).count == 5)
            #expect(try await bench.inboxCount() == 5)
            #expect(seen.repeated.withLock { $0 } == [commands[2].envelope.attributes.id])
        }
    }

    @Test("an owed message is published without a row, and again when its cause comes again")
    func owed() async throws {
        try await MessagingBench.run { bench in
            let message = try bench.command("Next")
            let processor = bench.processor([counting(Seen()) { $0.owe(message) }])
            let command = try bench.command("Do")
            for _ in 0..<2 {
                let debt = try await deliver([command], to: processor)
                #expect(debt.rows.isEmpty)
                #expect(debt.direct.contains { $0.envelope.attributes.id == message.envelope.attributes.id })
                try await processor.pay(Debt(direct: [message]))
            }
            #expect(try await bench.outboxKeys().isEmpty)
            #expect(try await bench.depth() == 2)
        }
    }

    @Test("an owed message that no queue takes waits in the outbox and holds up nobody")
    func unroutable() async throws {
        try await MessagingBench.run { bench in
            let processor = bench.processor([])
            let good = try bench.command("Good")
            var lost = try bench.command("Lost")
            lost.routingKey = "nobody-\(bench.service)"
            try await processor.pay(Debt(direct: [good, lost]))
            #expect(try await bench.outboxKeys() == [lost.routingKey])
            #expect(try await bench.depth() == 1)
        }
    }

    @Test("an owed message whose exchange does not exist waits in the outbox, its neighbours are published")
    func noExchange() async throws {
        try await MessagingBench.run { bench in
            let processor = bench.processor([])
            var lost = try bench.command("Lost")
            lost.exchange = "gone-\(bench.service)"
            lost.routingKey = "lost"
            try await processor.pay(Debt(direct: [try bench.command("A"), lost, try bench.command("B")]))
            #expect(try await bench.outboxKeys() == ["lost"])
            #expect(try await bench.depth() >= 2)
        }
    }

    @Test(
        "an owed message that is too large for the broker waits in the outbox, its neighbours are published",
        arguments: [true, false])
    func oversized(body: Bool) async throws {
        try await MessagingBench.run { bench in
            let processor = bench.processor([])
            var attributes = Envelope.Attributes(
                id: "1", type: "Do", source: "test", workspaceid: bench.workspaceID)
            if !body { attributes.correlationid = String(repeating: "x", count: 256) }
            let data = RawJSON(text: #""\#(String(repeating: "x", count: body ? AMQPMessage.bodyMax : 1))""#)
            let large = OutgoingMessage(
                exchange: Topology.commands, routingKey: "large", envelope: Envelope(attributes, data: data))
            try await processor.pay(Debt(direct: [try bench.command("A"), large, try bench.command("B")]))
            #expect(try await bench.outboxKeys() == ["large"])
            #expect(try await bench.depth() == 2)
        }
    }

    @Test("a message whose failure cannot even be recorded is dead-lettered alone, the others are committed")
    func unanswerable() async throws {
        try await MessagingBench.run { bench in
            let processor = bench.processor([counting(Seen())])
            // The database stores no NUL: neither its inbox row nor its failure.
            let attributes = Envelope.Attributes(
                id: "a\0b", type: "Do", source: "test", workspaceid: bench.workspaceID)
            let messages = [
                try bench.command("Do").envelope, Envelope(attributes, data: .emptyObject),
                try bench.command("Do").envelope,
            ]
            let debt = try await processor.commit(
                .batch(messages.map { HandledMessage(envelope: $0, handler: 0, isRedelivered: false) }))
            #expect(debt.direct.count == 2)
            #expect(try await bench.inboxCount() == 2)
            let dead = try await AMQPAdministration.queueDepth(
                Topology.deadQueue(bench.queue), configuration: bench.amqp)
            #expect(dead?.messages == 1)
        }
    }

    @Test("one that takes the database too long is put off alone, the others are committed", .timeLimit(.minutes(1)))
    func tooSlow() async throws {
        try await MessagingBench.run { bench in
            let slow = try bench.command("Do")
            let handler = MessageHandler.batch("Do", isEvent: false) { envelopes, transaction in
                if envelopes.contains(where: { $0.attributes.id == slow.envelope.attributes.id }) {
                    try await transaction.database.execute("SET LOCAL statement_timeout = 1")
                    _ = try await transaction.database.query("SELECT pg_sleep(60)::text")
                }
                return envelopes.map { _ in .accepted(.emptyObject) }
            }
            let processor = bench.processor([handler])
            let debt = try await deliver([try bench.command("Do"), slow, try bench.command("Do")], to: processor)
            #expect(try replies(debt).count == 2)
            #expect(try await bench.inboxCount() == 2)
            let failure = try await bench.pool.query(
                "SELECT attempts, last_error FROM retries WHERE message_id = \(slow.envelope.attributes.id)")[0]
            #expect(try failure("attempts", as: Int.self) == 1)
            #expect(try failure("last_error", as: String.self).contains("database_timeout"))
            let timers = try await bench.pool.query(
                "SELECT id::text AS id FROM timers WHERE workspace_id = \(bench.workspaceID.uuid)")
            #expect(timers.count == 1)
            try await bench.pool.execute(
                "UPDATE retries SET attempts = 19 WHERE message_id = \(slow.envelope.attributes.id)")
            _ = try await deliver([slow], to: processor)
            let dead = try await AMQPAdministration.queueDepth(
                Topology.deadQueue(bench.queue), configuration: bench.amqp)
            #expect(dead?.messages == 1)
        }
    }

    private func event(_ type: String, _ bench: MessagingBench) throws -> OutgoingMessage {
        try bench.outbox.factory.event(
            type: type, data: .emptyObject, subject: nil,
            context: MessageContext(workspaceID: bench.workspaceID, actor: "test"))
    }

    private func deadCount(_ bench: MessagingBench) async throws -> Int? {
        try await AMQPAdministration.queueDepth(Topology.deadQueue(bench.queue), configuration: bench.amqp)?.messages
    }

    @Test("an event that this build does not handle is left to one that does, and is a dead letter in the end")
    func unhandledEvent() async throws {
        try await MessagingBench.run { bench in
            let event = try event("order.renamed", bench)
            let old = bench.processor([])
            _ = try await deliver([event], to: old)
            let timer = try await bench.pool.query(
                "SELECT routing_key, body, due_at FROM timers WHERE workspace_id = \(bench.workspaceID.uuid)")[0]
            #expect(try timer("routing_key", as: String.self) == bench.queue)
            #expect(try timer("body", as: String.self) == String(decoding: event.envelope.body, as: UTF8.self))
            #expect(try timer("due_at", as: Date.self) > Date(timeIntervalSinceNow: 30))
            #expect(try await deadCount(bench) == 0)
            try await bench.pool.execute(
                "UPDATE retries SET attempts = 9 WHERE message_id = \(event.envelope.attributes.id)")
            _ = try await deliver([event], to: old)
            #expect(try await deadCount(bench) == 1)
        }
    }

    @Test("an event that is not wanted any more is dropped, and a command without a handler is a dead letter at once")
    func retiredEvent() async throws {
        try await MessagingBench.run { bench in
            let processor = bench.processor([.retired("order.renamed")])
            _ = try await deliver([try event("order.renamed", bench)], to: processor)
            let timers = try await bench.pool.query(
                "SELECT body FROM timers WHERE workspace_id = \(bench.workspaceID.uuid)")
            #expect(timers.isEmpty)
            #expect(try await deadCount(bench) == 0)
            _ = try await deliver([try bench.command("Unknown")], to: processor)
            #expect(try await deadCount(bench) == 1)
        }
    }

    @Test("the binding of an event that is not wanted any more is undone, the others stay; again, too")
    func retiredBinding() async throws {
        try await MessagingBench.run { bench in
            let queue = Topology.eventQueue(bench.service)
            let types = ["\(bench.service).kept", "\(bench.service).retired"]
            func declare(_ topology: AMQPTopology) async throws {
                try await AMQPAdministration.declare(topology, configuration: bench.amqp)
            }
            func arrived() async throws -> Int? {
                for type in types { try? await bench.publisher.publish([try event(type, bench).amqp]) }
                return try await AMQPAdministration.queueDepth(queue, configuration: bench.amqp)?.messages
            }
            let outcome: Result<Void, any Error>
            do {
                try await declare(Topology.of(bench.service, events: types))
                #expect(try await arrived() == 2)
                let next = Topology.of(bench.service, events: [types[0]], retired: [types[1]])
                for _ in 0..<2 { try await declare(next) }
                #expect(try await arrived() == 3)
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            for name in [queue, Topology.deadQueue(queue)] {
                try await AMQPAdministration.deleteQueue(name, configuration: bench.amqp)
            }
            try outcome.get()
        }
    }

    @Test("a refusal in any words is an answer")
    func hostileRefusal() async throws {
        try await MessagingBench.run { bench in
            let handler = MessageHandler.batch("Do", isEvent: false) { _, _ in
                throw Refusal(code: "no", message: "not \0")
            }
            let processor = bench.processor([handler])
            let command = try bench.command("Do")
            let debt = try await deliver([command], to: processor)
            #expect(try debt.direct.first?.envelope.data(CommandReply.Body.self).error?.message == #"not \0"#)
            #expect(try await bench.inboxCount() == 1)
            let again = try await deliver([command], to: processor)
            #expect(try replies(again).count == 1)
        }
    }

    @Test("outside of a delivery what is owed has its row")
    func owedWithoutDelivery() async throws {
        try await MessagingBench.run { bench in
            let message = try bench.command("Next")
            try await bench.outbox.transaction(MessageContext(workspaceID: bench.workspaceID, actor: "test")) {
                $0.owe(message)
            }
            #expect(try await bench.outboxKeys() == [bench.service.rawValue])
        }
    }

    @Test("one that is refused in a batch is refused alone, the others are accepted")
    func refusal() async throws {
        try await MessagingBench.run { bench in
            let bad = try bench.command("Do")
            let handler = MessageHandler.batch("Do", isEvent: false) { envelopes, _ in
                guard !envelopes.contains(where: { $0.attributes.id == bad.envelope.attributes.id }) else {
                    throw Refusal(code: "no", message: "not this one")
                }
                return envelopes.map { _ in .accepted(.emptyObject) }
            }
            let debt = try await deliver(
                [try bench.command("Do"), bad, try bench.command("Do")], to: bench.processor([handler]))
            let bodies = try debt.direct.map { try $0.envelope.data(CommandReply.Body.self) }
            #expect(bodies.count { $0.error?.code == "no" } == 1 && bodies.count { $0.result != nil } == 2)
            #expect(try await bench.inboxCount() == 3)
        }
    }
}

@Suite("Housekeeping", .tags(.postgres), .enabled(if: MessagingBench.isThere))
struct HousekeepingTests {
    @Test("rows are deleted in batches once they are old enough, and not before")
    func deletesOldRows() async throws {
        try await MessagingBench.run { bench in
            let workspace = bench.workspaceID.uuid
            for (count, age) in [(2_300, 31), (7, 29)] {
                try await bench.pool.execute(
                    """
                    INSERT INTO inbox (message_id, workspace_id, type, processed_at)
                    SELECT \("\(age)-")::text || n, \(workspace), 'Do', now() - make_interval(days => \(age)::integer)
                    FROM generate_series(1, \(count)) AS g(n)
                    """)
            }
            try await bench.pool.execute(
                """
                INSERT INTO retries (message_id, workspace_id, attempts, last_error, last_at)
                VALUES ('old', \(workspace), 1, 'x', now() - interval '31 days'), ('new', \(workspace), 1, 'x', now())
                """)
            let pauses = Mutex(0)
            let housekeeping = Housekeeping([], logger: .quiet) { _ in pauses.withLock { $0 += 1 } }
            for chore in Retention.chores(on: bench.pool) { await housekeeping.carryOut(chore) }
            #expect(try await bench.inboxCount() == 7)
            #expect(pauses.withLock { $0 } >= 2)
            let left = try await bench.pool.query("SELECT message_id FROM retries WHERE workspace_id = \(workspace)")
            #expect(try left.map { try $0("message_id", as: String.self) } == ["new"])
        }
    }

    @Test("a chore that fails is left for the next round")
    func failure() async {
        struct Away: Error {}
        let tries = Mutex(0)
        let chore = Housekeeping.Chore("x") { _ in
            tries.withLock { $0 += 1 }
            throw Away()
        }
        await Housekeeping([chore], logger: .quiet).carryOut(chore)
        #expect(tries.withLock { $0 } == 1)
    }
}
