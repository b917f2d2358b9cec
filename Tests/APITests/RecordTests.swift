import Commerce
import Foundation
import Messaging
import Postgres
import ServiceKit
import Testing

@testable import API

@Suite("Received webhooks, dead letters, keys, audit", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct RecordTests {
    @Test("received webhooks are listed by status and shown with their payload")
    func received() async throws {
        try await APIBench.run { bench in
            let ids = try await [bench.receive("accepted", duplicates: 2), bench.receive("quarantined")]
            #expect(try await bench.get("/received").data.count == 2)
            for (status, id) in [("duplicate", ids[0]), ("accepted", ids[0]), ("quarantined", ids[1])] {
                let found = try await bench.get("/received?status=\(status)&provider=shopify").data
                #expect(found.map { $0["id"] } == [.string(id.description)])
            }
            let shown = try await bench.get("/received/\(ids[0])").json
            #expect(shown["payload"] == ["id": .raw("1")] && shown["headers"] == ["x-topic": "orders/paid"])
            #expect(shown["duplicates"] == .raw("2"))
        }
    }

    @Test("alerts are listed with their words and what to type next, by what they are about, of the workspace alone")
    func alerts() async throws {
        try await APIBench.run { bench in
            try await bench.insertAlert("off", number: "R-404", in: bench.workspaceID)
            try await bench.insertAlert("posted", number: "R-405", in: bench.workspaceID)
            try await bench.insertAlert("posted", number: "R-404", in: bench.otherWorkspaceID)
            #expect(try await bench.get("/alerts").data.count == 2)
            let found = try await bench.get("/alerts?about=R-404").data
            #expect(found.count == 1 && found[0]["status"] == "off" && found[0]["text"] == "No return is known.")
            #expect(found[0]["fields"]?["number"] == "R-404" && found[0]["next"] == ["stateset orders list"])
            #expect(try await bench.get("/alerts?key=unknown/R-405&status=posted").data.count == 1)
            #expect(try await bench.get("/alerts?status=lost").status == 422)
            let agent = KeySecret()
            try await bench.grant(agent, role: "agent")
            #expect(try await bench.get("/alerts", key: agent).status == 403)
        }
    }

    @Test(
        "an alert whose message was given up on has failed until somebody has decided on its dead letter",
        arguments: [("open", "failed"), ("discarded", "closed"), ("requeued", "pending"), ("edited", "closed")])
    func failedAlert(letter: String, status: String) async throws {
        try await APIBench.run { bench in
            let message = UUIDv7.make().uuidString
            try await bench.insertAlert("pending", number: "R-404", in: bench.workspaceID, as: message)
            try await bench.insertAlert("pending", number: "R-405", in: bench.workspaceID)
            try await bench.giveUp(message, letter)
            let alerts = try await bench.get("/alerts?about=R-404").data
            #expect(alerts.map { $0["status"] } == [.string(status)])
            let failed = try await bench.get("/alerts?status=failed").data
            #expect(failed.count == (status == "failed" ? 1 : 0))
            #expect(try await bench.get("/alerts?about=R-405").data.map { $0["status"] } == ["pending"])
        }
    }

    @Test("dead letters are listed, counted by group, and shown with their message")
    func deadLetters() async throws {
        try await APIBench.run { bench in
            let id = try await bench.deadLetter()
            _ = try await bench.deadLetter(service: "order-ingest")
            #expect(try await bench.get("/dead-letters?status=open").data.count == 2)
            #expect(try await bench.get("/dead-letters?service=tracking").data.count == 1)
            let groups = try await bench.get("/dead-letters?group_by=provider_code").data
            #expect(groups.map { $0["group"] } == ["dcl_1001"] && groups[0]["count"] == .raw("2"))
            for grouping in ["reason", "type", "key", "workspace"] {
                #expect(try await bench.get("/dead-letters?group_by=\(grouping)").data.count == 1)
            }
            #expect(try await bench.get("/dead-letters/\(id)").json["message"] == ["a": .raw("1")])
        }
    }

    @Test("requeueing asks the service that gave the message up")
    func requeue() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let id = try await bench.deadLetter()
            async let answered: Void = bench.answerNext(.accepted(.emptyObject), as: .tracking)
            let answer = try await bench.post("/dead-letters/\(id)/requeue", #"{"reason":"the item is there now"}"#)
            try await answered
            #expect(answer.status == 202 && answer.json["id"] == .string(id.description))
            let sent = try #require(try await bench.sent().first)
            #expect(sent.routingKey == "tracking.interactive" && sent.envelope.attributes.type == "RequeueDeadLetter")
            #expect(try sent.envelope.data(RequeueDeadLetter.self).id == id)
        }
    }

    @Test("a key is shown once, works at once, is audited, and repeated without the secret")
    func createKey() async throws {
        try await APIBench.run { bench in
            let body = #"{"name":"monitor","role":"read_only"}"#
            let created = try await bench.post("/keys", body, idempotencyKey: "k")
            #expect(created.status == 201 && created.json["principal"] == "machine:monitor")
            let secret = try #require(created.json["key"]?.string.flatMap { KeySecret($0) })
            #expect(try await bench.get("/orders", key: secret).status == 200)
            #expect(try await bench.get("/keys", key: secret).status == 403)
            let listed = try await bench.get("/keys").json.text
            #expect(!listed.contains(secret.reveal()) && listed.contains("monitor"))
            #expect(try await bench.post("/keys", body, idempotencyKey: "k").json["key"] == .null)
            let audited = try await bench.get("/audit?action=key.create").data
            #expect(audited.count == 1 && audited[0]["actor"] == "person:ana")
            #expect(!audited[0].text.contains(secret.reveal()))
        }
    }

    @Test("nobody makes a key that may more than their own")
    func noEscalation() async throws {
        try await APIBench.run { bench in
            let clerk = KeySecret()
            try await bench.grant(clerk, role: "custom", scopes: ["keys:write", "orders:read"])
            let more = try await bench.post("/keys", #"{"name":"x","role":"owner"}"#, key: clerk)
            #expect(more.status == 403 && more.code == "beyond_own_scopes")
            let same = try await bench.post("/keys", #"{"name":"x","scopes":["orders:read"]}"#, key: clerk)
            #expect(same.status == 201)
        }
    }

    @Test(
        "roles and scopes that do not exist are named",
        arguments: [
            (#"{"name":"x","role":"king"}"#, "role"), (#"{"name":"x","scopes":["orders:eat"]}"#, "scopes"),
            (#"{"name":""}"#, "name"),
        ])
    func wrongKey(body: String, field: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.post("/keys", body)
            #expect(answer.status == 422 && answer.json["field"] == .string(field))
        }
    }
}

extension APIBench {
    /// The dead letter of an alert's message.
    /// - Parameter fate: what a person has decided on it; `edited`, it is requeued under another message.
    fileprivate func giveUp(_ messageID: String, _ fate: String) async throws {
        let id = DeadLetterID()
        let status = fate == "edited" ? "requeued" : fate
        try await owner.execute(
            """
            INSERT INTO notifications.dead_letters (id, workspace_id, queue, message_id, type, reason, detail, body, status)
            VALUES (\(id.uuid), \(workspaceID.uuid), 'notifications.commands', \(messageID),
                'SendSlackAlert', 'failed', '', '{}', \(status))
            """)
        guard fate == "edited" else { return }
        try await owner.execute(
            """
            INSERT INTO platform.audit_log (id, workspace_id, at, actor, action, subject, reason)
            VALUES (\(UUIDv7.make()), \(workspaceID.uuid), now(), 'person:ana', 'dead_letter.edit', \(id.description),
                'reworded')
            """)
    }

    fileprivate func insertAlert(
        _ status: String, number: String, in workspace: WorkspaceID, as messageID: String = UUIDv7.make().uuidString
    ) async throws {
        try await owner.execute(
            """
            INSERT INTO notifications.alert_history
                (id, workspace_id, message_id, key, title, text, fields, next, status, at)
            VALUES (\(AlertID().uuid), \(workspace.uuid), \(messageID), \("unknown/" + number),
                'The warehouse has goods', 'No return is known.', jsonb_build_object('number', \(number)::text),
                ARRAY['stateset orders list'], \(status), \(Date(timeIntervalSince1970: 1_770_000_000)))
            """)
    }

    fileprivate func receive(_ status: String, duplicates: Int = 0) async throws -> ReceivedID {
        let id = ReceivedID()
        let now = Date(timeIntervalSince1970: 1_770_000_000)
        try await owner.execute(
            """
            INSERT INTO ingest_gateway.received
                (id, workspace_id, provider, topic, delivery_id, status, duplicates, received_at)
            VALUES (\(id.uuid), \(workspaceID.uuid), 'shopify', 'orders/paid', \(id.description), \(status),
                    \(duplicates), \(now))
            """)
        try await owner.execute(
            """
            INSERT INTO ingest_gateway.payloads (received_id, workspace_id, received_at, headers, body)
            VALUES (\(id.uuid), \(workspaceID.uuid), \(now), '{"x-topic":"orders/paid"}', \(Array(#"{"id":1}"#.utf8)))
            """)
        return id
    }
}
