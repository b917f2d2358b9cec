import Foundation
import Testing

@testable import ProviderSimulators

extension SimulatorBundle where State == ZendeskSimulator {
    static func makeBundle(updates: Int = 100, calls: Int = 700) -> Self {
        let settings = ZendeskSettings(
            email: "ops@example.com", apiToken: "exampletoken123", webhookSecret: "zendesk-signing-secret-example",
            webhookURL: "http://gateway.test/webhooks/zendesk/ws_1", callsPerMinute: calls, updatesPerMinute: updates)
        return Self(
            ZendeskSimulator(settings, idOffset: .pinned(0)),
            headers: ["authorization": "Basic b3BzQGV4YW1wbGUuY29tL3Rva2VuOmV4YW1wbGV0b2tlbjEyMw=="])
    }

    fileprivate mutating func open() -> Int {
        control("POST", "/tickets", ["requester_email": "ana@example.com", "body": "Wrong size"]).document["id"].int
            ?? 0
    }

    fileprivate mutating func put(_ id: Int, _ ticket: JSON) -> SimulatedResponse {
        send("PUT", "/api/v2/tickets/\(id).json", ["ticket": ticket])
    }

    fileprivate mutating func ticket(_ id: Int) -> JSON {
        send("GET", "/api/v2/tickets/\(id).json").document["ticket"]
    }

    /// Leaves a file; gives its token.
    fileprivate mutating func upload(_ name: String) -> SimulatedResponse {
        var request = request("POST", "/api/v2/uploads.json?filename=\(name)", nil, ["content-type": "application/pdf"])
        request.bytes = Array("%PDF".utf8)
        request.body = .other
        return state.respond(to: request)
    }
}

@Suite("Zendesk")
struct ZendeskTests {
    private typealias Desk = SimulatorBundle<ZendeskSimulator>

    @Test("a comment is an audit with our metadata, and public ones reach the customer")
    func comment() {
        var desk = Desk.makeBundle()
        let id = desk.open()
        #expect(desk.ticket(id)["status"] == "new")
        let answer = desk.put(
            id, ["comment": ["body": "Hello", "public": true], "status": "pending", "metadata": ["rma": "1"]])
        #expect(answer.document["audit"]["metadata"]["custom"]["rma"] == "1")
        #expect(answer.document["audit"]["events"][0]["type"] == "Comment")
        #expect(answer.document["ticket"]["status"] == "pending")
        _ = desk.put(id, ["comment": ["body": "Graded B", "public": false]])
        let view = desk.control("GET", "/tickets/\(id)/customer").document
        #expect(view["messages"].array?.map { $0["text"] } == ["Wrong size", "Hello"])
        #expect(desk.send("GET", "/api/v2/tickets/\(id)/comments.json").document["comments"].array?.count == 3)
        #expect(desk.topics == ["ticket.created"])
    }

    @Test("a file's token serves one comment, within the hour")
    func uploads() {
        var desk = Desk.makeBundle()
        let id = desk.open()
        let token = desk.upload("label.pdf").document["upload"]["token"]
        let comment: JSON = ["comment": ["body": "Label", "uploads": [token]]]
        let answer = desk.put(id, comment)
        #expect(answer.document["audit"]["events"][0]["attachments"][0]["file_name"] == "label.pdf")
        #expect(desk.put(id, comment).status == 422)
        let late = desk.upload("late.pdf").document["upload"]["token"]
        desk.now += 3601
        #expect(desk.put(id, ["comment": ["body": "Label", "uploads": [late]]]).status == 422)
        #expect(
            desk.send("POST", "/api/v2/uploads.json?filename=x", headers: ["content-type": "text/plain"]).status == 422)
        #expect(desk.send("POST", "/api/v2/uploads.json").status == 400)
    }

    @Test("a safe update with an old stamp conflicts, and a closed ticket takes nothing")
    func conflicts() {
        var desk = Desk.makeBundle()
        let id = desk.open()
        let stamp = desk.ticket(id)["updated_at"]
        desk.now += 60
        _ = desk.control("POST", "/tickets/\(id)/comments", ["body": "One more thing"])
        let safe: JSON = ["safe_update": true, "updated_stamp": stamp, "tags": ["x"]]
        #expect(desk.put(id, safe).status == 409)
        #expect(desk.put(id, safe).document["error"] == "UpdateConflict")
        #expect(desk.put(id, ["safe_update": true, "tags": ["x"]]).status == 422)
        _ = desk.control("POST", "/tickets/\(id)/status", ["status": "closed"])
        let closed = desk.put(id, ["comment": ["body": "x"]])
        #expect(closed.status == 422)
        #expect(closed.document["details"]["base"][0]["description"] == "Status: closed prevents ticket update")
        #expect(desk.send("PUT", "/api/v2/tickets/\(id)/tags.json", ["tags": ["x"]]).status == 422)
        #expect(desk.control("POST", "/tickets/\(id)/comments", ["body": "x"]).status == 409)
    }

    @Test("names and values nobody knows are refused")
    func strictness() {
        var desk = Desk.makeBundle()
        let id = desk.open()
        let odd: [JSON] = [
            ["additional_tags": ["x"]], ["status": "done"], ["comment": ["body": ""]], ["tags": "x"],
            ["comment": ["body": "x", "public": "false"]], ["custom_fields": [["id": "a", "value": "x"]]],
            ["comment": ["body": "x", "text": "y"]], ["comment": ["body": "x", "uploads": ["nobody"]]],
        ]
        for ticket in odd { #expect(desk.put(id, ticket).status == 422, "\(ticket)") }
        #expect(desk.send("PUT", "/api/v2/tickets/\(id).json", ["status": "open"]).status == 422)
        #expect(desk.ticket(id)["status"] == "new")
        #expect(desk.put(1, [:]).status == 404)
    }

    @Test("tags are added by their own call, fields are merged")
    func change() {
        var desk = Desk.makeBundle()
        let id = desk.open()
        _ = desk.put(id, ["tags": ["a"], "custom_fields": [["id": 47, "value": "x"], ["id": 48, "value": "y"]]])
        _ = desk.put(id, ["custom_fields": [["id": 47, "value": "z"]]])
        #expect(
            desk.send("PUT", "/api/v2/tickets/\(id)/tags.json", ["tags": ["a", "b"]]).document["tags"] == ["a", "b"])
        #expect(desk.ticket(id)["custom_fields"].array?.map { $0["value"] } == ["y", "z"])
    }

    @Test("a creation under one key is one ticket for two hours")
    func creation() {
        var desk = Desk.makeBundle()
        let body: JSON = [
            "ticket": [
                "subject": "Return", "comment": ["body": "x"], "external_id": "rma-1",
                "requester": ["name": "Ana Ruiz", "email": "ana@example.com"],
            ]
        ]
        let key = ["idempotency-key": "k1"]
        let first = desk.send("POST", "/api/v2/tickets.json", body, headers: key)
        let second = desk.send("POST", "/api/v2/tickets.json", body, headers: key)
        #expect(first.header("x-idempotency-lookup") == "miss")
        #expect(second.header("x-idempotency-lookup") == "hit")
        #expect(first.document["ticket"]["id"] == second.document["ticket"]["id"])
        #expect(!second.applied)
        #expect(desk.send("POST", "/api/v2/tickets.json", ["ticket": [:]], headers: key).status == 400)
        let found = desk.send("GET", "/api/v2/search.json?query=type:ticket%20external_id:rma-1").document
        #expect(found["count"] == 1)
        desk.now += 7201
        #expect(desk.send("POST", "/api/v2/tickets.json", body, headers: key).header("x-idempotency-lookup") == "miss")
    }

    @Test("the account and its ticket updates are limited by the minute")
    func limits() {
        var desk = Desk.makeBundle(updates: 1, calls: 4)
        let id = desk.open()
        #expect(desk.put(id, ["status": "open"]).status == 200)
        let update = desk.put(id, ["status": "open"])
        #expect(update.status == 429)
        #expect(update.header("Retry-After") == "30")
        #expect(desk.send("GET", "/api/v2/tickets/\(id).json").header("X-Rate-Limit-Remaining") == "1")
        _ = desk.ticket(id)
        #expect(desk.send("GET", "/api/v2/tickets/\(id).json").status == 429)
        desk.now += 30
        #expect(desk.put(id, ["status": "open"]).status == 200)
        #expect(desk.send("GET", "/api/v2/tickets/\(id).json", headers: ["authorization": "x"]).status == 401)
    }

    @Test("a webhook is signed over its time and body")
    func webhooks() throws {
        #expect(
            ZendeskSimulator.signature(
                "2026-03-04T10:15:30Z", Array(#"{"ticket_id":"228476","status":"solved"}"#.utf8),
                secret: "zendesk-signing-secret-example") == "sExz9ATwvC6IcEWFZ1gYkFBdsx03NwB0uEmvw0sWlA8=")
        var desk = Desk.makeBundle()
        let id = desk.open()
        let body = try JSONParser.parse(try #require(desk.webhooks.first).body)
        #expect(body["ticket_id"].string == String(id))
        #expect(body["event"] == "ticket.created")
    }

    @Test("audits come in pages")
    func paging() {
        var desk = Desk.makeBundle()
        let id = desk.open()
        for _ in 1...2 { _ = desk.put(id, ["comment": ["body": "x"]]) }
        let path = "/api/v2/tickets/\(id)/audits.json?page%5Bsize%5D=2"
        let first = desk.send("GET", path).document
        #expect(first["audits"].array?.count == 2)
        #expect(first["meta"]["has_more"] == true)
        let cursor = PercentEncoding.encode(first["meta"]["after_cursor"].string ?? "")
        let second = desk.send("GET", "\(path)&page%5Bafter%5D=\(cursor)").document
        #expect(second["audits"].array?.count == 1)
        #expect(second["meta"]["has_more"] == false)
        #expect(desk.send("GET", "/api/v2/tickets/\(id)/audits.json?page%5Bafter%5D=x").status == 400)
    }
}
