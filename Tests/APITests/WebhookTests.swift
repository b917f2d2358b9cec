import Commerce
import Contracts
import Foundation
import HTTPTypes
import Messaging
import Postgres
import ServiceKit
import Testing

@testable import API

@Suite("Outgoing webhooks", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct WebhookTests {
    private static let good = #"{"url":"https://your-app.com/webhooks/dispatch","events":["ticket.updated"]}"#

    @Test("an endpoint is set up with a secret, which is shown once and travels encrypted")
    func create() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let id = try await bench.insertWebhook()
            async let answered: Void = bench.answer(1, as: .notifications) { sent in
                let command = try sent.envelope.data(CreateWebhook.self)
                #expect(command.url == "https://your-app.com/webhooks/dispatch" && command.events == [.ticketUpdated])
                #expect(!command.ordered)
                return .accepted(
                    try RawJSON(encoding: CreateWebhook.Reply(webhookID: id, secret: command.secret)))
            }
            let answer = try await bench.post("/webhooks", Self.good, idempotencyKey: "once")
            try await answered
            #expect(answer.status == 201, "\(answer.json)")
            let secret = try #require(answer.json["secret"]?.string)
            #expect(WebhookSecret(secret) != nil)
            #expect(answer.json["id"]?.string == id.description)
            let sent = try #require(try await bench.sent().first)
            #expect(!String(decoding: sent.envelope.body, as: UTF8.self).contains(secret.dropFirst(6)))
            let repeated = try await bench.post("/webhooks", Self.good, idempotencyKey: "once")
            #expect(repeated.status == 201 && repeated.json["secret"] == .null)
            #expect(try await bench.get("/webhooks/\(id)").json["secret"] == nil)
        }
    }

    @Test("all mails that failed in a time are sent again with one request")
    func failedMails() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            async let answered: Void = bench.answer(1, as: .notifications) { sent in
                let command = try sent.envelope.data(ResendEmails.self)
                #expect(command.template == .returnLabel && command.until == nil && command.reason == "new password")
                return .accepted(try RawJSON(encoding: ResendEmails.Reply(resent: 3, more: true)))
            }
            let answer = try await bench.post(
                "/emails/resend",
                #"{"since":"2026-03-04T10:00:00Z","template":"return.label_sent","reason":"new password"}"#)
            try await answered
            #expect(answer.status == 202 && answer.json == ["more": true, "resent": .raw("3")], "\(answer.json)")
        }
    }

    @Test("own words for mails are shown, of the workspace alone, and what setting them has led to")
    func emailTemplates() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let other = WorkspaceID()
            try await bench.createWorkspace(other)
            try await bench.insertEmailTemplate("return.label_sent", in: other)
            #expect(try await bench.get("/email-templates").data.isEmpty)
            try await bench.insertEmailTemplate("return.received", in: bench.workspaceID)
            async let answered: Void = bench.answer(1, as: .notifications) { sent in
                #expect(try sent.envelope.data(SetEmailTemplate.self).enabled == false)
                return .accepted(try RawJSON(encoding: Done()))
            }
            let set = try await bench.send(
                .put, "/email-templates/return.received", #"{"locale":"fr","enabled":false}"#)
            try await answered
            #expect(set.status == 200 && set.json["template"]?.string == "return.received", "\(set.json)")
            let listed = try await bench.get("/email-templates").data
            #expect(listed == [set.json] && set.json["enabled"] == false)
        }
    }

    @Test(
        "a wrong request for mails that failed is told what is wrong, and nothing is sent",
        arguments: [
            (#"{"since":"2026-03-04T10:00:00Z","until":"2026-03-04T10:00:00Z","reason":"r"}"#, "until"),
            (#"{"since":"2026-03-04T10:00:00Z","template":"return.nothing","reason":"r"}"#, "template"),
            (#"{"since":"2026-03-04T10:00:00Z","reason":" "}"#, "reason"),
        ])
    func wrongFailedMails(body: String, field: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.post("/emails/resend", body)
            #expect(answer.status == 422 && answer.json["field"]?.string == field, "\(answer.json)")
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test(
        "where webhooks may not go is said at once, and nothing is sent",
        arguments: [
            "http://example.com/", "https://127.0.0.1/", "https://10.0.0.8/", "https://169.254.169.254/",
            "https://[::1]/", "https://[::ffff:192.168.1.1]/", "https://localhost/", "https://user:pass@example.com/",
            "https://example.com:22/", "https://2130706433/", "https://inside.example/", "https://mixed.example/",
            "http://127.0.0.1:24003/", "ftp://example.com/",
        ])
    func wrongURL(url: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.post("/webhooks", #"{"url":"\#(url)","events":["ticket.updated"]}"#)
            #expect(answer.status == 422 && answer.json["field"] == "url", "\(answer.json)")
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test(
        "public names, names that have no address yet and the dev stack's own target are taken",
        arguments: ["https://your-app.com/x", "https://unknown.example/x", "http://127.0.0.1:24002/_sim/sink/a"])
    func rightURL(url: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.post("/webhooks", #"{"url":"\#(url)","events":["ticket.updated"]}"#)
            #expect(answer.status == 503)
            #expect(try await bench.sent().count == 1)
        }
    }

    @Test(
        "events must be there and known",
        arguments: [#"[]"#, #"["ticket.deleted"]"#, #"["ticket.updated","*"]"#])
    func wrongEvents(events: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.post("/webhooks", #"{"url":"https://a.example/","events":\#(events)}"#)
            #expect(answer.status == 422 && answer.json["field"] == "events")
            #expect(answer.json["allowed"]?.elements.contains("ticket.updated") == true)
        }
    }

    @Test("verbs reach their owner; what is not possible is 409 with what is")
    func verbs() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let id = try await bench.insertWebhook()
            async let answered: Void = bench.answer(2, as: .notifications) { sent in
                let command = try sent.envelope.data(OperateWebhook.self)
                #expect(command.reason == (command.verb == .pause ? "maintenance" : nil))
                guard command.verb == .resume else { return .accepted(.emptyObject) }
                return .refused(Refusal(code: "not_allowed", message: "The webhook is active."))
            }
            #expect(try await bench.post("/webhooks/\(id)/pause", #"{"reason":" "}"#).json["field"] == "reason")
            #expect(try await bench.post("/webhooks/\(id)/pause", #"{"reason":"maintenance"}"#).status == 202)
            let refused = try await bench.post("/webhooks/\(id)/resume", "")
            try await answered
            #expect(refused.status == 409 && refused.json["allowed"]?.elements.contains("pause") == true)
            #expect(try await bench.post("/webhooks/\(WebhookID())/pause", "").status == 404)
            #expect(try await bench.send(.delete, "/webhooks/\(WebhookID())").status == 404)
        }
    }

    @Test("the log of deliveries shows each attempt, and only in its workspace")
    func deliveries() async throws {
        try await APIBench.run { bench in
            let id = try await bench.insertWebhook()
            let delivery = try await bench.insertDelivery(to: id)
            let list = try await bench.get("/webhooks/\(id)/deliveries?status=failed&type=ticket.updated")
            #expect(list.data.map { $0["id"]?.string } == [delivery.description])
            #expect(try await bench.get("/webhooks/\(id)/deliveries?status=pending").data.isEmpty)
            #expect(try await bench.get("/webhooks/\(id)/deliveries?status=lost").status == 422)
            let shown = try await bench.get("/deliveries/\(delivery)")
            #expect(shown.json["payload"]?["type"] == "ticket.updated")
            let attempt = try #require(shown.json["attempt_log"]?.elements.first)
            #expect(attempt["status"]?.number == 500 && attempt["latency_ms"]?.number == 12)
            let path = "/deliveries/\(delivery)"
            #expect(try await bench.get(path, key: bench.otherKey, in: bench.otherWorkspaceID).status == 404)
            #expect(try await bench.get("/webhooks", key: bench.otherKey, in: bench.otherWorkspaceID).data.isEmpty)
            #expect(try await bench.get("/webhooks").data.count == 1)
        }
    }

    @Test("what a call that failed was answered is not shown")
    func answers() async throws {
        try await APIBench.run { bench in
            let delivery = try await bench.insertDelivery(to: bench.insertWebhook())
            for (attempt, status) in [(2, 302), (3, 199), (4, 200), (5, 299), (6, nil)] as [(Int, Int?)] {
                try await bench.owner.execute(
                    """
                    INSERT INTO notifications.delivery_attempts (delivery_id, attempt, workspace_id, at, status, latency_ms,
                        answer)
                    VALUES (\(delivery.uuid), \(attempt), \(bench.workspaceID.uuid), now(), \(status), 12, 'said')
                    """)
            }
            let shown = try await bench.get("/deliveries/\(delivery)")
            let log = shown.json["attempt_log"]?.elements ?? []
            #expect(log.map { $0["answer"]?.string } == [nil, nil, nil, "said", "said", nil])
        }
    }

    @Test("what is sent again in a time must be a time and a status there is")
    func wrongResend() async throws {
        try await APIBench.run { bench in
            let id = try await bench.insertWebhook()
            for (body, field) in [
                (#"{}"#, "since"), (#"{"since":"yesterday"}"#, "since"),
                (#"{"since":"2026-03-05T00:00:00Z","until":"2026-03-04T00:00:00Z"}"#, "until"),
                (#"{"since":"2026-03-05T00:00:00Z","status":"lost"}"#, "status"),
            ] {
                let answer = try await bench.post("/webhooks/\(id)/resend", body)
                #expect(answer.status == 422 && answer.json["field"] == .string(field), "\(answer.json)")
            }
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test("reading needs webhooks:read, writing webhooks:write")
    func scopes() async throws {
        try await APIBench.run { bench in
            let reader = KeySecret()
            try await bench.grant(reader, role: "custom", scopes: ["webhooks:read"])
            #expect(try await bench.get("/webhooks", key: reader).status == 200)
            #expect(try await bench.post("/webhooks", Self.good, key: reader).status == 403)
        }
    }
}

extension APIBench {
    fileprivate func insertWebhook() async throws -> WebhookID {
        let id = WebhookID()
        let now = Date(timeIntervalSince1970: 1_770_000_000)
        try await owner.execute(
            """
            INSERT INTO notifications.webhooks (id, workspace_id, url, events, ordered, created_at, updated_at)
            VALUES (\(id.uuid), \(workspaceID.uuid), 'https://your-app.com/webhooks/dispatch', ARRAY['ticket.updated'],
                    false, \(now), \(now))
            """)
        return id
    }

    fileprivate func insertDelivery(to webhook: WebhookID) async throws -> DeliveryID {
        let id = DeliveryID()
        let now = Date(timeIntervalSince1970: 1_770_000_000)
        let body = Array(#"{"type":"ticket.updated","timestamp":"2026-02-02T02:40:00.000Z","data":{}}"#.utf8)
        try await owner.execute(
            """
            INSERT INTO notifications.webhook_events (workspace_id, id, type, subject, occurred_at, body, created_at)
            VALUES (\(workspaceID.uuid), 'evt_1', 'ticket.updated', 'tkt_1', \(now), \(body), \(now))
            """)
        try await owner.execute(
            """
            INSERT INTO notifications.deliveries (id, workspace_id, webhook_id, event_id, type, subject, occurred_at,
                status, attempts, next_attempt_at, last_status, created_at, finished_at)
            VALUES (\(id.uuid), \(workspaceID.uuid), \(webhook.uuid), 'evt_1', 'ticket.updated', 'tkt_1', \(now),
                'failed', 1, \(now), 500, \(now), \(now))
            """)
        try await owner.execute(
            """
            INSERT INTO notifications.delivery_attempts (delivery_id, attempt, workspace_id, at, status, latency_ms, answer)
            VALUES (\(id.uuid), 1, \(workspaceID.uuid), \(now), 500, 12, 'no')
            """)
        return id
    }
}
