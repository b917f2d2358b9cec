import AMQP
import Commerce
import Foundation
import Postgres
import Testing

@testable import Messaging

/// One after another: a sweep takes the due rows of all.
@Suite("Outbox relay", .serialized, .tags(.postgres, .rabbitmq), .enabled(if: MessagingBench.isThere))
struct OutboxRelayTests {
    private func owe(_ message: OutgoingMessage, attempts: Int, _ bench: MessagingBench) async throws {
        try await bench.pool.transaction { OutboxStore.insert([message], in: $0) }
        try await bench.pool.execute(
            """
            UPDATE outbox SET next_attempt_at = now(), attempts = \(attempts)::integer
            WHERE workspace_id = \(bench.workspaceID.uuid)
            """)
    }

    private struct Row: Equatable {
        var attempts: Int
        var isParked: Bool
    }

    private func row(_ bench: MessagingBench) async throws -> Row? {
        try await bench.pool.query(
            """
            SELECT attempts, parked_at IS NOT NULL AS parked FROM outbox
            WHERE workspace_id = \(bench.workspaceID.uuid)
            """
        ).first.map { Row(attempts: try $0("attempts"), isParked: try $0("parked")) }
    }

    @Test("while the broker is away, rows use up none of their attempts")
    func outage() async throws {
        try await MessagingBench.run { bench in
            try await owe(try bench.command("Next"), attempts: 19, bench)
            let nowhere = try AMQPConfiguration(url: "amqp://127.0.0.1:1/", connectionName: "messaging-test")
            let publisher = AMQPPublisher(nowhere, logger: .quiet, timeLimit: .milliseconds(50))
            let relay = OutboxRelay(pool: bench.pool, publisher: publisher, logger: .quiet)
            await #expect(throws: AMQPError.self) { try await relay.sweep() }
            #expect(try await row(bench) == Row(attempts: 19, isParked: false))
            await publisher.close()
        }
    }

    @Test("a process that dies before its last attempt has not made it")
    func claimed() async throws {
        try await MessagingBench.run { bench in
            try await owe(try bench.command("Next"), attempts: 19, bench)
            _ = try await bench.pool.transaction { try await OutboxStore.claim(limit: 500, in: $0) }
            #expect(try await row(bench) == Row(attempts: 20, isParked: false))
        }
    }

    private func letter(_ bench: MessagingBench) async throws -> PostgresRow {
        let rows = try await bench.pool.query(
            """
            SELECT queue, reason, detail, message_id, body FROM dead_letters
            WHERE workspace_id = \(bench.workspaceID.uuid)
            """)
        return try #require(rows.first)
    }

    @Test("what no queue takes after twenty attempts is a dead letter that people and its saga are told of")
    func unroutable() async throws {
        try await MessagingBench.run { bench in
            var lost = try bench.command("Lost")
            lost.routingKey = "nobody-\(bench.service)"
            let parking = ParkedMessages(outbox: bench.outbox, logger: .quiet)
            try await owe(lost, attempts: 18, bench)
            try await bench.outbox.relay.sweep()
            #expect(try await row(bench) == Row(attempts: 19, isParked: false))
            try await bench.pool.execute(
                "UPDATE outbox SET next_attempt_at = now() WHERE workspace_id = \(bench.workspaceID.uuid)")
            try await bench.outbox.relay.sweep()
            #expect(try await row(bench)?.isParked == true)
            try await parking.collect()
            let letter = try await letter(bench)
            #expect(try letter("queue", as: String.self) == "stateset.commands/\(lost.routingKey)")
            #expect(try letter("reason", as: String.self) == "unroutable")
            #expect(try letter("message_id", as: String.self) == lost.envelope.attributes.id)
            #expect(try letter("body", as: [UInt8].self) == lost.envelope.body)
            let told = try await bench.outboxKeys()
            #expect(Set(told) == ["notifications", "saga-coordinator"])
        }
    }

    @Test("what can never be published is given up at once; news to a saga that cannot be sent leads to no other")
    func hopeless() async throws {
        try await MessagingBench.run { bench in
            let attributes = Envelope.Attributes(
                id: "1", type: CommandDeadLettered.type, source: "test", workspaceid: bench.workspaceID)
            var saga = attributes
            SagaAddress(sagaID: SagaID(), run: 1, path: "0", attempt: 1).write(to: &saga)
            let data = RawJSON(text: #""\#(String(repeating: "x", count: AMQPMessage.bodyMax))""#)
            let large = OutgoingMessage(
                exchange: Topology.replies, routingKey: "x", envelope: Envelope(saga, data: data))
            try await owe(large, attempts: 0, bench)
            try await bench.outbox.relay.sweep()
            #expect(try await row(bench) == Row(attempts: 1, isParked: true))
            try await ParkedMessages(outbox: bench.outbox, logger: .quiet).collect()
            #expect(try await letter(bench)("detail", as: String.self).contains("tooLarge"))
            #expect(try await bench.outboxKeys() == ["notifications"])
        }
    }

    @Test("what the outbox cannot read is a letter of its workspace")
    func unreadable() async throws {
        try await MessagingBench.run { bench in
            try await owe(try bench.command("Next"), attempts: 0, bench)
            try await bench.pool.execute(
                "UPDATE outbox SET body = '{}' WHERE workspace_id = \(bench.workspaceID.uuid)")
            try await bench.outbox.relay.sweep()
            try await ParkedMessages(outbox: bench.outbox, logger: .quiet).collect()
            #expect(try await letter(bench)("reason", as: String.self) == "malformed")
        }
    }

    @Test(
        "a letter knows where it goes to",
        arguments: [
            ("", "returns.commands", "returns.commands"), ("stateset.events", "a.b/c", "stateset.events/a.b/c"),
        ])
    func address(exchange: String, routingKey: String, text: String) {
        let address = LetterAddress(exchange: exchange, routingKey: routingKey)
        #expect(address.description == text)
        #expect(LetterAddress(text) == address)
    }
}
