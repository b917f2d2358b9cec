import Commerce
import Foundation
import HTTPTransport
import Testing

@testable import Providers

@Suite("Tickets of Zendesk")
struct ZendeskTests {
    private func reply(_ attachments: [HelpdeskAttachment] = []) -> HelpdeskDraft {
        HelpdeskDraft(key: "k1", isPublic: true, text: "Your label is attached.", attachments: attachments)
    }

    private var written: ScriptedHTTPClient.Step {
        .answer(200, #"{"ticket":{"id":228476},"audit":\#(zendeskAudit("k1"))}"#)
    }

    @Test("a ticket is read with its requester, by the agent's token")
    func read() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, zendeskTicket),
            .answer(200, #"{"user":{"id":20978392,"name":"Ana Ruiz","email":"ana@example.com","role":"end-user"}}"#))
        let ticket = try await zendesk(http).ticket(id: "228476")
        #expect(http.lines == ["GET \(zendeskBase)/tickets/228476.json", "GET \(zendeskBase)/users/20978392.json"])
        #expect(
            http.requests[0].header("Authorization")
                == "Basic b3BzQGV4YW1wbGUuY29tL3Rva2VuOmV4YW1wbGV0b2tlbjEyMw==")
        #expect(ticket.customer == HelpdeskCustomer(id: "20978392", email: "ana@example.com", name: "Ana Ruiz"))
        #expect(ticket.fields == [HelpdeskField(id: "47001", value: "RMA-1")])
        #expect(ticket.status == .open)
    }

    @Test("a comment carries its key in the metadata, and its files by token")
    func comment() async throws {
        let http = ScriptedHTTPClient(
            zendeskAudits(), .answer(201, #"{"upload":{"token":"6bk3gql82em5nmf"}}"#), written)
        let label = HelpdeskAttachment(name: "label.pdf", contentType: "application/pdf", bytes: [1, 2, 3])
        let message = try await zendesk(http).post(reply([label]), onTicket: "228476")
        #expect(message.id == "2127301163")
        #expect(message.attachmentNames == ["label.pdf"])
        #expect(http.lines[1] == "POST \(zendeskBase)/uploads.json?filename=label.pdf")
        #expect(http.requests[1].header("Content-Type") == "application/pdf")
        #expect(http.requests[1].body == [1, 2, 3])
        #expect(http.lines[2] == "PUT \(zendeskBase)/tickets/228476.json")
        #expect(
            try json(http.body(2))
                == json(
                    """
                    {"ticket":{"comment":{"body":"Your label is attached.","public":true,"uploads":["6bk3gql82em5nmf"]},
                     "metadata":{"stateset_key":"k1"}}}
                    """))
    }

    @Test("a note says that it is none of the customer's, and a stamp makes it a safe update")
    func safeNote() async throws {
        let http = ScriptedHTTPClient(zendeskAudits(), written)
        let note = HelpdeskDraft(key: "k2", isPublic: false, text: "x", html: "<b>graded B</b>")
        _ = try await zendesk(http).comment(note, on: "228476", unlessChangedSince: "2026-03-04T10:15:30Z")
        #expect(
            try json(http.body(1))
                == json(
                    """
                    {"ticket":{"comment":{"html_body":"<b>graded B</b>","public":false},
                     "metadata":{"stateset_key":"k2"},"safe_update":true,"updated_stamp":"2026-03-04T10:15:30Z"}}
                    """))
    }

    @Test("a comment with the key is given as it is, from whatever page, and nothing is written")
    func present() async throws {
        let http = ScriptedHTTPClient(
            zendeskAudits(zendeskAudit(), zendeskAudit("k11"), after: "MQ=="), zendeskAudits(zendeskAudit("k1")))
        let message = try await zendesk(http).post(reply(), onTicket: "228476")
        #expect(message.key == "k1")
        #expect(
            http.lines == [
                "GET \(zendeskBase)/tickets/228476/audits.json?page%5Bsize%5D=100",
                "GET \(zendeskBase)/tickets/228476/audits.json?page%5Bsize%5D=100&page%5Bafter%5D=MQ%3D%3D",
            ])
    }

    @Test(
        "what Zendesk says against a comment",
        arguments: [
            (
                422,
                #"{"error":"RecordInvalid","description":"Record validation errors","details":{"base":[{"description":"Status: closed prevents ticket update"}]}}"#,
                ProviderFailure.refused(
                    code: "RecordInvalid",
                    message: "Record validation errors: Status: closed prevents ticket update")
            ),
            (
                409, #"{"error":"UpdateConflict","description":"changed"}"#,
                .refused(code: "UpdateConflict", message: "changed")
            ),
            (
                403, #"{"error":{"title":"Forbidden","message":"no"}}"#,
                .refused(code: "Forbidden", message: "no")
            ),
            (
                401, #"{"error":"Couldn't authenticate you"}"#,
                .unauthorized(message: "Couldn't authenticate you")
            ),
            (
                502, "<html>",
                .unknownOutcome(
                    code: "http_502", message: "The provider answered 502 without an explanation.")
            ),
        ])
    func refusals(status: Int, body: String, expected: ProviderFailure) async throws {
        let client = try zendesk(ScriptedHTTPClient(zendeskAudits(), .answer(status, body)))
        #expect(try await failure { try await client.comment(reply(), on: "1") } == expected)
    }

    @Test("tags are added by their own call, and removed by a safe update")
    func tags() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, #"{"tags":[]}"#), .answer(200, zendeskTicket), .answer(200, zendeskTicket),
            .answer(200, zendeskTicket))
        let client = try zendesk(http)
        try await client.addTags(["label_sent"], to: "228476")
        #expect(http.lines[0] == "PUT \(zendeskBase)/tickets/228476/tags.json")
        #expect(http.body(0) == #"{"tags":["label_sent"]}"#)
        try await client.removeTags(["VIP"], from: "228476")
        #expect(
            try json(http.body(2))
                == json(
                    #"{"ticket":{"tags":["returns"],"safe_update":true,"updated_stamp":"2026-03-04T10:15:30Z"}}"#))
        try await client.removeTags(["other"], from: "228476")
        #expect(http.requests.count == 4)
    }

    @Test("fields and status are written as the contract page shows")
    func change() async throws {
        let http = ScriptedHTTPClient(.answer(200, zendeskTicket), .answer(200, zendeskTicket))
        let client = try zendesk(http)
        try await client.setFields([.init(id: "47001", value: "1Z9"), .init(id: "47002", value: nil)], of: "1")
        #expect(http.body(0) == #"{"ticket":{"custom_fields":[{"id":47001,"value":"1Z9"},{"id":47002,"value":null}]}}"#)
        try await client.setStatus(.closed, ofTicket: "1", unlessChangedSince: nil)
        #expect(http.body(1) == #"{"ticket":{"status":"solved"}}"#)
    }

    @Test("a text from outside is no search of its own")
    func search() async throws {
        let http = ScriptedHTTPClient(.answer(200, #"{"results":[]}"#))
        _ = try await zendesk(http).tickets(requester: "ana@example.com\" status:\"new")
        let query = PercentEncoding.encode("type:ticket requester:\"ana@example.com status:new\"")
        #expect(http.lines == ["GET \(zendeskBase)/search.json?query=\(query)"])
    }

    @Test("an account's name with a domain is refused by name")
    func settings() {
        #expect {
            try ZendeskSettings.decode(
                bytes(
                    #"{"subdomain":"a.zendesk.com","email":"a@b","api_token":"t","webhook_secrets":"s"}"#))
        } throws: { "\($0)" == "zendesk: subdomain must be the account's name, without .zendesk.com" }
    }
}

@Suite("Webhooks of Zendesk")
struct ZendeskWebhookTests {
    private let signature = "sExz9ATwvC6IcEWFZ1gYkFBdsx03NwB0uEmvw0sWlA8="
    private let body = #"{"ticket_id":"228476","status":"solved"}"#

    private func verdict(
        _ body: String, signature: String?, timestamp: String? = "2026-03-04T10:15:30Z", ageSeconds: Double = 0
    ) throws -> WebhookVerdict {
        var headers: [(name: String, value: String)] = [("X-Zendesk-Webhook-Invocation-Id", "inv-1")]
        if let signature { headers.append(("X-Zendesk-Webhook-Signature", signature)) }
        if let timestamp { headers.append(("X-Zendesk-Webhook-Signature-Timestamp", timestamp)) }
        let signedAt = Date(timeIntervalSince1970: 1_772_619_330)
        return ZendeskWebhookVerifier(settings: try zendeskSettings(), now: { signedAt + ageSeconds })
            .verify(InboundWebhook(headers: headers, body: bytes(body)))
    }

    // Computed with Python under the secret `the-old-one`.
    private let created = (
        body: #"{"ticket_id":"1","event":"ticket.created"}"#, signature: "VUfCfjV1yRhjc1rF8rfS46FLv3yyGIp6AtARnJSCMKg="
    )
    private let commented = (
        body: #"{"type":"zen:event-type:ticket.comment_added","detail":{"id":"1"},"event":{}}"#,
        signature: "IjAX+HRyv3tIDdvD605bDZuTsq3x7oM8yeqjV+/lxhQ="
    )

    @Test("the signature of the contract page passes; its body names no event")
    func vector() throws {
        #expect(try verdict(body, signature: signature) == .rejected(.missingTopic))
        #expect(try verdict(body + " ", signature: signature) == .rejected(.badSignature))
    }

    @Test("triggers and events are told by their topic, either active secret passes")
    func topics() throws {
        for (signed, topic) in [(created, "ticket.created"), (commented, "ticket.comment_added")] {
            guard case .accepted(let webhook) = try verdict(signed.body, signature: signed.signature) else {
                Issue.record("\(topic)")
                continue
            }
            #expect(webhook.topic == topic)
            #expect(webhook.dedupeKey == "inv-1")
            #expect(try ZendeskNotification(json: bytes(signed.body)).ticketID == "1")
        }
    }

    @Test("a signature that is old, from the future, missing or not base64 is refused")
    func refused() throws {
        let (body, signature) = created
        for age in [301.0, -301.0] {
            #expect(try verdict(body, signature: signature, ageSeconds: age) == .rejected(.badSignature))
        }
        guard case .accepted = try verdict(body, signature: signature, ageSeconds: 299) else {
            Issue.record("a fresh one")
            return
        }
        #expect(try verdict(body, signature: nil) == .rejected(.missingSignature))
        #expect(try verdict(body, signature: signature, timestamp: nil) == .rejected(.missingSignature))
        #expect(try verdict(body, signature: "%%%") == .rejected(.badSignature))
        let odd = "D3sRm2QUZorRBuN8I8wS9kJCfasD93pgWtQGUNstH9M="
        #expect(try verdict(body, signature: odd, timestamp: "yesterday") == .rejected(.badSignature))
        #expect(
            try verdict("[]", signature: "cxR2UjJSnbK2kIQQfdAHrMq80Ta/AksOjZEQA65TTxE=") == .rejected(.malformedBody))
    }
}
