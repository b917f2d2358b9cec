import Foundation
import Testing

@testable import ProviderSimulators

extension SimulatorBundle where State == GorgiasSimulator {
    static func makeBundle(bucketSize: Double = 1000) -> Self {
        let settings = GorgiasSettings(
            username: "ops@example.com", apiKey: "gorgias-key-example", fromAddress: "support@mienne.com",
            webhookToken: "secret", webhookURL: "http://gateway.test/webhooks/gorgias/ws_1", bucketSize: bucketSize,
            leakPerSecond: 2)
        return Self(
            GorgiasSimulator(settings, idOffset: .pinned(0)),
            headers: ["authorization": "Basic b3BzQGV4YW1wbGUuY29tOmdvcmdpYXMta2V5LWV4YW1wbGU="])
    }

    fileprivate mutating func open() -> Int {
        control("POST", "/tickets", ["customer_email": "ana@example.com", "body": "Wrong <size>"])
            .document["id"].int ?? 0
    }

    fileprivate mutating func reply(_ id: Int, _ changes: [String: JSON?] = [:]) -> SimulatedResponse {
        var message = JSONObject([
            ("channel", "email"), ("via", "api"), ("from_agent", true), ("body_text", "Hello"),
            ("external_id", "k1"), ("receiver", ["email": "ana@example.com"]),
            (
                "source",
                [
                    "type": "email", "from": ["address": "support@mienne.com"],
                    "to": [["address": "ana@example.com"]],
                ]
            ),
        ])
        for (name, value) in changes { message[name] = value }
        return send("POST", "/api/tickets/\(id)/messages", .object(message))
    }

    fileprivate mutating func ticket(_ id: Int) -> JSON { send("GET", "/api/tickets/\(id)").document }
    fileprivate mutating func view(_ id: Int) -> JSON { control("GET", "/tickets/\(id)/customer").document }
}

@Suite("Gorgias")
struct GorgiasTests {
    private typealias Desk = SimulatorBundle<GorgiasSimulator>

    @Test("a ticket is told as the contract page shows it")
    func ticket() {
        var desk = Desk.makeBundle()
        let ticket = desk.ticket(desk.open())
        #expect(ticket["created_datetime"] == "2026-03-04T10:15:30.000000")
        #expect(ticket["customer"]["email"] == "ana@example.com")
        #expect(ticket["messages"][0]["body_html"] == "<p>Wrong &lt;size></p>")
        #expect(desk.topics == ["ticket-created", "ticket-message-created"])
        #expect(desk.send("GET", "/api/tickets/1").status == 404)
    }

    @Test("posting is not sending: the customer sees a reply when it has left, and never a note")
    func sending() {
        var desk = Desk.makeBundle()
        let id = desk.open()
        let posted = desk.reply(id)
        #expect(posted.status == 201)
        #expect(posted.document["sent_datetime"].isNull)
        #expect(desk.view(id)["messages"].array?.count == 1)
        for action in desk.later { desk.perform(action) }
        #expect(desk.view(id)["messages"].array?.count == 2)
        _ = desk.reply(
            id,
            [
                "channel": "internal-note", "via": "internal-note", "receiver": .some(nil),
                "source": ["type": "internal-note"],
            ])
        #expect(desk.view(id)["messages"].array?.count == 2)
        #expect(desk.ticket(id)["messages_count"] == 3)
    }

    @Test("a reply from an address of no integration fails later, and says so")
    func failing() {
        var desk = Desk.makeBundle()
        let id = desk.open()
        let source: JSON = [
            "type": "email", "from": ["address": "nobody@mienne.com"], "to": [["address": "ana@example.com"]],
        ]
        _ = desk.reply(id, ["source": source])
        for action in desk.later { desk.perform(action) }
        #expect(desk.topics.last == "ticket-message-failed")
        #expect(desk.ticket(id)["messages"][1]["last_sending_error"].string?.contains("nobody") == true)
        #expect(desk.view(id)["messages"].array?.count == 1)
    }

    @Test("a message twice is two messages, and wrong ones are refused with the field")
    func strictness() {
        var desk = Desk.makeBundle()
        let id = desk.open()
        #expect(desk.reply(id).status == 201)
        #expect(desk.reply(id).status == 201)
        let odd: [(String, JSON?)] = [
            ("channel", .some(nil)), ("via", .some(nil)), ("from_agent", .some("true")), ("body_text", ""),
            ("external_id", .some(.string(String(repeating: "x", count: 256)))), ("receiver", .some(nil)),
            ("source", ["type": "email"]), ("attachments", [["url": "label.pdf"]]), ("bcc", "x"),
        ]
        for (name, value) in odd {
            let answer = desk.reply(id, [name: value])
            #expect(answer.status == 400, "\(name)")
            #expect(answer.document["error"]["data"].object != nil, "\(name)")
        }
        #expect(desk.ticket(id)["messages_count"] == 3)
        #expect(desk.send("PUT", "/api/tickets/\(id)", ["status": "solved"]).status == 400)
        #expect(desk.send("PUT", "/api/tickets/\(id)", ["color": "red"]).status == 400)
        #expect(desk.send("POST", "/api/tickets", ["subject": "x", "messages": []]).status == 400)
    }

    @Test("tags and fields are put in the place of the old ones")
    func change() {
        var desk = Desk.makeBundle()
        let id = desk.open()
        _ = desk.send("PUT", "/api/tickets/\(id)", ["tags": [["name": "a"], ["name": "b"]]])
        let answer = desk.send(
            "PUT", "/api/tickets/\(id)",
            ["tags": [["name": "b"]], "custom_fields": [["id": 47, "value": "RMA-1"]], "status": "closed"])
        #expect(answer.document["tags"].array?.map { $0["name"] } == ["b"])
        #expect(answer.document["custom_fields"][0]["value"] == "RMA-1")
        #expect(!answer.document["closed_datetime"].isNull)
        #expect(desk.topics.last == "ticket-updated")
    }

    @Test("lists come in pages with cursors")
    func paging() {
        var desk = Desk.makeBundle()
        let id = desk.open()
        for _ in 1...4 { _ = desk.reply(id) }
        var seen: [Int] = []
        var cursor: String?
        repeat {
            let query =
                "limit=2&order_by=created_datetime:asc" + (cursor.map { "&cursor=\(PercentEncoding.encode($0))" } ?? "")
            let page = desk.send("GET", "/api/tickets/\(id)/messages?\(query)").document
            seen += (page["data"].array ?? []).compactMap { $0["id"].int }
            cursor = page["meta"]["next_cursor"].string
        } while cursor != nil
        #expect(seen == Array(500_123...500_127))
        #expect(desk.send("GET", "/api/tickets?limit=101").status == 400)
        #expect(desk.send("GET", "/api/tickets?order_by=name:asc").status == 400)
        #expect(desk.send("GET", "/api/tickets?cursor=x").status == 400)
        #expect(desk.send("GET", "/api/messages?ticket_id=\(id)").document["data"].array?.count == 5)
    }

    @Test("a login is asked for, and the bucket says how full it is")
    func door() {
        var desk = Desk.makeBundle(bucketSize: 2)
        #expect(desk.send("GET", "/api/tickets", headers: ["authorization": "Basic eDp5"]).status == 401)
        let first = desk.send("GET", "/api/tickets")
        #expect(first.header("X-Gorgias-Account-Api-Call-Limit") == "1/2")
        #expect(first.header("Retry-after") == "0")
        _ = desk.send("GET", "/api/tickets")
        let limited = desk.send("GET", "/api/tickets")
        #expect(limited.status == 429)
        #expect(limited.header("Retry-after") == "1")
    }

    @Test("a webhook's values are texts, empty ones too, under the secret header")
    func webhooks() throws {
        var desk = Desk.makeBundle()
        let id = desk.open()
        let body = try JSONParser.parse(try #require(desk.webhooks.first).body)
        #expect(body["ticket_id"].string == String(id))
        #expect(body["message_id"] == "")
        #expect(desk.webhooks[0].headers.contains(.init(name: "X-Webhook-Token", value: "secret")))
    }
}
