import Commerce
import Foundation
import Postgres
import Testing

@testable import Messaging

@Suite("Storing dead letters", .tags(.postgres, .rabbitmq), .enabled(if: MessagingBench.isThere))
struct DeadLetterDrainTests {
    private struct Stored: Equatable {
        var workspaceID: UUID
        var messageID: String?
        var detail: String
        var body: [UInt8]
    }

    private func stored(_ letter: DeadLetter, _ bench: MessagingBench) async throws -> Stored {
        let row = try await bench.pool.query(
            "SELECT workspace_id, message_id, detail, body FROM dead_letters WHERE id = \(letter.id.uuid)")[0]
        return Stored(
            workspaceID: try row("workspace_id"), messageID: try row("message_id"), detail: try row("detail"),
            body: try row("body"))
    }

    @Test("a message whose id the database cannot store is no envelope, and is stored as it came")
    func hostileID() async throws {
        try await MessagingBench.run { bench in
            let body = Array(
                #"{"specversion":"1.0","id":"a\u0000b","type":"t","source":"s","workspaceid":"\#(bench.workspaceID)"}"#
                    .utf8)
            let letter = DeadLetter(
                queue: bench.queue, body: body, envelope: try? Envelope(body: body), reason: "malformed",
                detail: "id is \0")
            let kept = try await bench.outbox.store(letter)
            let row = Stored(
                workspaceID: kept.workspaceID.uuid, messageID: nil, detail: #"id is \0"#, body: body)
            #expect(try await stored(kept, bench) == row)
        }
    }

    @Test("a letter that cannot be stored with what it says of itself is stored without, in its workspace")
    func unstorable() async throws {
        try await MessagingBench.run { bench in
            let attributes = Envelope.Attributes(
                id: "a\0b", type: "Do", source: "s", workspaceid: bench.workspaceID)
            let envelope = Envelope(attributes, data: .emptyObject)
            let letter = DeadLetter(
                queue: bench.queue, body: envelope.body, envelope: envelope, reason: "exhausted", detail: "no")
            let kept = try await bench.outbox.store(letter)
            #expect(kept.envelope == nil && kept.reason == "exhausted")
            let row = try await stored(kept, bench)
            #expect(row.workspaceID == bench.workspaceID.uuid && row.messageID == nil && row.body == envelope.body)
            #expect(row.detail.hasPrefix("no (") && row.detail.contains("22021"))
        }
    }

    @Test("a timer whose message cannot be read holds up no other")
    func unreadableTimer() async throws {
        try await MessagingBench.run { bench in
            let message = try bench.command("Later")
            let due = Date(timeIntervalSince1970: 1)
            try await bench.pool.transaction { database in
                try await TimerStore.insert([TimerRow(message, dueAt: due)], in: database)
                database.enqueue(
                    """
                    INSERT INTO timers (id, workspace_id, due_at, exchange, routing_key, body)
                    VALUES (\(UUIDv7.make()), \(bench.workspaceID.uuid), \(due), '', 'unreadable', '{}')
                    """)
            }
            // Those of other tests are not due so early.
            let fired = try await bench.pool.transaction { database in
                try await TimerStore.fire(dueBy: due, limit: 10, in: database)
            }
            #expect(fired.map(\.envelope.attributes.type) == ["Later"])
            #expect(try await Set(bench.outboxKeys()) == [message.routingKey, "unreadable"])
        }
    }
}
