import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Tickets of Gorgias")
struct GorgiasTests {
    private let posted = #"{"id":500124,"ticket_id":228476,"from_agent":true,"public":true,"external_id":"k1"}"#

    private func reply(attachments: [HelpdeskAttachment] = []) -> HelpdeskDraft {
        HelpdeskDraft(
            key: "k1", isPublic: true, text: "Your label is attached.", html: "<p>Your label is attached.</p>",
            attachments: attachments)
    }

    @Test("a ticket is read with the user's key")
    func read() async throws {
        let http = ScriptedHTTPClient(.answer(200, gorgiasTicket))
        let ticket = try await gorgias(http).ticket("228476")
        #expect(http.lines == ["GET \(gorgiasBase)/tickets/228476"])
        #expect(
            http.requests[0].header("Authorization") == "Basic b3BzQGV4YW1wbGUuY29tOmdvcmdpYXMta2V5LWV4YW1wbGU=")
        #expect(ticket.status == .open)
        #expect(ticket.customer?.email == "ana@example.com")
        #expect(ticket.tags == ["returns"])
        #expect(ticket.customFields == ["47": "RMA-1"])
    }

    @Test("a reply is the message of the contract page, under our key")
    func postReply() async throws {
        let http = ScriptedHTTPClient(
            gorgiasMessages(), .answer(200, gorgiasTicket),
            .answer(201, #"[{"url":"https://uploads.example.com/label.pdf","name":"label.pdf","size":3}]"#),
            .answer(201, posted))
        let label = HelpdeskAttachment(name: "label.pdf", contentType: "application/pdf", bytes: [1, 2, 3])
        let message = try await gorgias(http).post(reply(attachments: [label]), on: "228476")
        #expect(message.delivery == .pending)
        #expect(http.lines[2] == "POST \(gorgiasBase)/upload?type=attachment")
        #expect(http.lines[3] == "POST \(gorgiasBase)/tickets/228476/messages")
        #expect(
            try json(http.body(3))
                == json(
                    """
                    {"channel":"email","via":"api","from_agent":true,"subject":"Re: I want to return my robe",
                     "external_id":"k1","sender":{"email":"ops@example.com"},"receiver":{"email":"ana@example.com"},
                     "source":{"type":"email","from":{"address":"support@mienne.com","name":"Mienne"},
                       "to":[{"address":"ana@example.com","name":"Ana Ruiz"}]},
                     "body_text":"Your label is attached.","body_html":"<p>Your label is attached.</p>",
                     "attachments":[{"url":"https://uploads.example.com/label.pdf","name":"label.pdf","size":3}]}
                    """))
    }

    @Test("a note has no receiver and goes to no channel of the customer")
    func postNote() async throws {
        let http = ScriptedHTTPClient(gorgiasMessages(), .answer(200, gorgiasTicket), .answer(201, posted))
        _ = try await gorgias(http).post(HelpdeskDraft(key: "k1", isPublic: false, text: "graded B"), on: "228476")
        #expect(
            try json(http.body(2))
                == json(
                    """
                    {"channel":"internal-note","via":"internal-note","from_agent":true,"external_id":"k1",
                     "sender":{"email":"ops@example.com"},"source":{"type":"internal-note"},"body_text":"graded B"}
                    """))
    }

    @Test("a message with the key is given as it is, from whatever page, and nothing is posted")
    func present() async throws {
        let http = ScriptedHTTPClient(
            gorgiasMessages(#"{"id":1,"from_agent":false,"external_id":null}"#, next: "WyIy"),
            gorgiasMessages(#"{"id":2,"from_agent":true,"external_id":"k1","failed_datetime":"x"}"#))
        let message = try await gorgias(http).post(reply(), on: "228476")
        #expect(message.id == "2")
        #expect(message.delivery == .failed(reason: nil))
        #expect(http.requests.count == 2)
        #expect(http.lines[1].hasSuffix("cursor=WyIy"))
    }

    @Test("a ticket without a customer's address gets no reply")
    func noAddress() async throws {
        let http = ScriptedHTTPClient(gorgiasMessages(), .answer(200, #"{"id":1,"status":"open","customer":null}"#))
        let failure = try await failure { try await gorgias(http).post(reply(), on: "1") }
        #expect(failure.code == "no_customer_address")
    }

    @Test("a lost upload is tried again, a lost message is unknown")
    func lost() async throws {
        let label = HelpdeskAttachment(name: "label.pdf", contentType: "application/pdf", bytes: [1])
        let upload = try gorgias(
            ScriptedHTTPClient(gorgiasMessages(), .answer(200, gorgiasTicket), .fail(.timeout, wasSent: true)))
        guard case .transient = try await failure({ try await upload.post(reply(attachments: [label]), on: "1") })
        else {
            Issue.record("upload")
            return
        }
        let post = try gorgias(
            ScriptedHTTPClient(gorgiasMessages(), .answer(200, gorgiasTicket), .fail(.timeout, wasSent: true)))
        guard case .unknownOutcome = try await failure({ try await post.post(reply(), on: "1") }) else {
            Issue.record("message")
            return
        }
    }

    @Test("tags are merged, and written only when something changes")
    func tags() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, gorgiasTicket), .answer(200, gorgiasTicket), .answer(200, gorgiasTicket),
            .answer(200, gorgiasTicket), .answer(200, gorgiasTicket))
        let client = try gorgias(http)
        try await client.addTags(["Returns"], to: "228476")
        #expect(http.requests.count == 1)
        try await client.addTags(["label_sent"], to: "228476")
        #expect(http.body(2) == #"{"tags":[{"name":"returns"},{"name":"label_sent"}]}"#)
        try await client.removeTags(["returns"], from: "228476")
        #expect(http.body(4) == #"{"tags":[]}"#)
    }

    @Test("fields and status are written as the contract page shows")
    func change() async throws {
        let http = ScriptedHTTPClient(.answer(200, gorgiasTicket), .answer(200, gorgiasTicket))
        let client = try gorgias(http)
        try await client.setFields([HelpdeskField(id: "47", value: "1Z9"), .init(id: "48", value: nil)], of: "228476")
        #expect(http.body(0) == #"{"custom_fields":[{"id":47,"value":"1Z9"},{"id":48,"value":null}]}"#)
        try await client.setStatus(.solved, ofTicket: "228476", unlessChangedSince: nil)
        #expect(http.body(1) == #"{"status":"closed"}"#)
    }

    @Test("a form's file name and type cannot break out of their headers")
    func hostileFile() {
        let file = HelpdeskAttachment(
            name: "a\"\r\nX: y/../b.pdf", contentType: "application/pdf\r\nX: y", bytes: bytes("data"))
        let text = String(decoding: GorgiasUpload(file).body, as: UTF8.self)
        #expect(text.contains("filename=\"a__X: y_.._b.pdf\"\r\nContent-Type: application/pdfX:y\r\n\r\ndata\r\n--"))
        #expect(text.split(separator: "\r\n", omittingEmptySubsequences: false).count == 7)
    }

    @Test("errors are read with the fields they blame")
    func errors() async throws {
        let http = ScriptedHTTPClient(
            .answer(400, #"{"error":{"msg":"Failed.","data":{"channel":["Missing data for required field."]}}}"#),
            .answer(429, "", ["Retry-after": "5"]), .answer(404, "<html>"))
        let client = try gorgias(http)
        #expect(
            try await failure { try await client.ticket("1") }
                == .refused(code: "bad_request", message: "Failed. (channel: Missing data for required field.)"))
        guard case .transient(_, _, .seconds(5)) = try await failure({ try await client.ticket("1") }) else {
            Issue.record("429")
            return
        }
        #expect(try await failure { try await client.ticket("1") }.code == "not_found")
    }

    @Test("the account's limit is read from its header")
    func limit() throws {
        let lane = try gorgiasSettings().lane
        let answer = HTTPResponse(status: 200, headers: [("X-Gorgias-Account-Api-Call-Limit", "10/40")])
        #expect(lane.reading(answer).tokensLeft == 30)
        #expect(lane.reading(HTTPResponse(status: 200, headers: [("Retry-after", "5")])).retryAfter == nil)
    }
}

@Suite("Webhooks of Gorgias")
struct GorgiasWebhookTests {
    private let body = #"{"ticket_id":"228476","event":"ticket_message_created","message_id":"500123"}"#

    private func verdict(_ token: String?, _ body: String) throws -> WebhookVerdict {
        let headers = token.map { [(name: "X-Webhook-Token", value: $0)] } ?? []
        return GorgiasWebhookVerifier(settings: try gorgiasSettings())
            .verify(InboundWebhook(headers: headers, body: bytes(body)))
    }

    @Test("either active token passes, and nothing else", arguments: ["long-random-secret", "the-old-one"])
    func tokens(token: String) throws {
        guard case .accepted(let webhook) = try verdict(token, body) else {
            Issue.record("refused")
            return
        }
        #expect(webhook.topic == "ticket-message-created")
        #expect(webhook.dedupeKey == "event:ticket-message-created:228476:500123")
    }

    @Test("a wrong or missing token, and a body without ticket or event, are refused with the reason")
    func refused() throws {
        #expect(try verdict("long-random-secreT", body) == .rejected(.badSignature))
        #expect(try verdict(nil, body) == .rejected(.missingSignature))
        #expect(try verdict("the-old-one", "[1]") == .rejected(.malformedBody))
        #expect(try verdict("the-old-one", #"{"ticket_id":"","event":"x"}"#) == .rejected(.missingTopic))
    }

    @Test("changes without a message are told apart by their time, otherwise by the whole body")
    func dedupe() throws {
        func key(_ body: String) throws -> String? {
            guard case .accepted(let webhook) = try verdict("the-old-one", body) else { return nil }
            return webhook.dedupeKey
        }
        let first = #"{"ticket_id":"1","event":"ticket-updated","message_id":"","updated_datetime":"a"}"#
        let second = #"{"ticket_id":"1","event":"ticket-updated","message_id":"","updated_datetime":"b"}"#
        #expect(try key(first) != key(second))
        #expect(try key(#"{"ticket_id":"1","event":"ticket-updated"}"#)?.hasPrefix("sha256:") == true)
    }
}
