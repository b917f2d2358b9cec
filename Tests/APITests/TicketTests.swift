import Commerce
import Contracts
import Foundation
import HTTPTypes
import Messaging
import ServiceKit
import Testing

@testable import API

@Suite("Tickets", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct TicketTests {
    @Test("a ticket is opened with its fields as they were written, and shown with its place and its tag")
    func create() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let ticket = try await bench.insertTicket()
            let reply = try RawJSON(encoding: CreateTicket.Reply(ticketID: ticket.id))
            async let answered: Void = bench.answerNext(.accepted(reply), as: .returns)
            let body = """
                {"subject":"Return Request - Order #1234","customer_email":"ana@example.com","status":"return_requested",
                 "custom_fields":{"order_id":"1234","return_reason":"wrong_size","items_to_return":["SKU-001"],
                  "original_order_total":149.00},"helpdesk":{"provider":"zendesk","ticket_id":"35436"}}
                """
            let answer = try await bench.post("/tickets", body)
            try await answered
            #expect(answer.status == 201 && answer.json["id"] == .string("\(ticket.id)"), "\(answer.json)")
            #expect(answer.headers[.location] == "/v1/workspaces/\(bench.workspaceID)/tickets/\(ticket.id)")
            #expect(answer.headers[.eTag] == "\"1\"")
            let sent = try #require(try await bench.sent().first)
            #expect(sent.routingKey == "returns.interactive" && sent.envelope.attributes.actor == "person:ana")
            let command = try sent.envelope.data(CreateTicket.self)
            #expect(command.status == .returnRequested && command.customerEmail == "ana@example.com")
            #expect(command.helpdesk == .init(provider: "zendesk", ticketID: "35436"))
            let fields = #"{"items_to_return":["SKU-001"],"order_id":"1234","original_order_total":149,"#
            #expect(command.customFields == fields + #""return_reason":"wrong_size"}"#)
        }
    }

    @Test("a ticket is shown in the form of its schema; numbers are numbers")
    func form() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            let ticket = try await bench.insertTicket(of: goods.id)
            let answer = try await bench.get("/tickets/\(ticket.id)")
            #expect(answer.headers[.eTag] == "\"1\"")
            let json = answer.json
            #expect(json["subject"] == "Return Request - Order #1234" && json["customer_email"] == "Ana@example.com")
            #expect(json["status"] == "label_sent" && json["return_id"] == .string("\(goods.id)"))
            #expect(json["custom_fields"]?["original_order_total"] == .raw("149"))
            #expect(json["custom_fields"]?["items_to_return"] == ["SKU-001"] && json["flags"] == [])
            #expect(json["created_at"] == json["updated_at"] && json["created_at"]?.string != nil)
        }
    }

    @Test("what is wrong with a new ticket is named")
    func wrongTicket() async throws {
        try await APIBench.run { bench in
            let deep = String(repeating: "[", count: 11) + String(repeating: "]", count: 11)
            let large = String(repeating: "x", count: 66_000)
            let wrong: [(members: String, field: String)] = [
                (#""customer_email":"ana@example.com""#, "subject"), (#""subject":"s""#, "customer_email"),
                (#""subject":"  ","customer_email":"ana@example.com""#, "subject"),
                (#""subject":"a\nb","customer_email":"ana@example.com""#, "subject"),
                (#""subject":"\#(String(repeating: "s", count: 501))","customer_email":"a@b.de""#, "subject"),
                (#""subject":"s","customer_email":"a\nb@c.de""#, "customer_email"),
                (#""subject":"s","customer_email":"a@b.de\r\nBcc: eve@b.de""#, "customer_email"),
                (#""subject":"s","customer_email":"a@b.de","status":"lost""#, "status"),
                (#""subject":"s","customer_email":"a@b.de","custom_fields":[]"#, "custom_fields"),
                (#""subject":"s","customer_email":"a@b.de","custom_fields":{"a":\#(deep)}"#, "custom_fields"),
                (#""subject":"s","customer_email":"a@b.de","custom_fields":{"a":"\#(large)"}"#, "custom_fields"),
                (#""subject":"s","customer_email":"a@b.de","helpdesk":{}"#, "helpdesk.provider"),
            ]
            for (members, field) in wrong {
                let answer = try await bench.post("/tickets", "{\(members)}")
                #expect(answer.status == 422 && answer.json["field"] == .string(field), "\(field): \(answer.json)")
                #expect(field != "status" || answer.json["allowed"] == .strings(TicketStatus.allCases.map(\.rawValue)))
            }
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test("what its owner refuses names the custom field that is wrong")
    func refused() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let refusal = Refusal(code: "unknown_sku", message: "No.", field: "custom_fields.items_to_return.0")
            async let answered: Void = bench.answerNext(.refused(refusal), as: .returns)
            let answer = try await bench.post("/tickets", #"{"subject":"s","customer_email":"a@b.de"}"#)
            try await answered
            #expect(answer.status == 422 && answer.json["field"] == "custom_fields.items_to_return.0")
        }
    }

    @Test("tickets are found by what people know them by; other workspaces' are not")
    func filters() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            try await bench.insertTicket(of: goods.id)
            try await bench.insertTicket(.init(subject: "Where is my robe?", email: "bob@example.com", status: .open))
            let foreign = try await bench.insertReturn(in: bench.otherWorkspaceID)
            let theirs = try await bench.insertTicket(of: foreign.id, in: bench.otherWorkspaceID)
            let counts = [
                ("", 2), ("status=label_sent", 1), ("status=solved", 0), ("customer_email=ana%40EXAMPLE.com", 1),
                ("return_id=\(goods.id)", 1), ("order_id=\(goods.order)", 1), ("order_id=1001", 1),
                ("order_id=shop-\(goods.order)", 1), ("order_id=none", 0), ("order_id=\(foreign.order)", 0),
                ("return_id=\(foreign.id)", 0), ("updated_since=2026-02-01T00:00:00Z", 2),
                ("updated_since=2027-01-01T00:00:00Z", 0), ("q=robe", 1), ("q=1234", 2), ("q=bob%40example.com", 1),
                ("q=SKU-001", 2), ("q=149.00", 2), ("q=%22where%20is%22", 1),
                ("q=1234%20-robe", 1), ("q=nobody", 0),
                ("q=%27%29%3B--", 0),
            ]
            for (query, count) in counts {
                let answer = try await bench.get("/tickets?\(query)")
                #expect(answer.status == 200 && answer.data.count == count, "\(query)")
            }
            #expect(try await bench.get("/tickets/\(theirs.id)").status == 404)
            #expect(try await bench.send(.patch, "/tickets/\(theirs.id)", #"{"status":"closed"}"#).status == 404)
        }
    }

    @Test("a wrong parameter is named", arguments: ["limit", "cursor", "status", "updated_since", "return_id"])
    func wrongParameter(name: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.get("/tickets?\(name)=nonsense")
            #expect(answer.status == 422 && answer.json["field"] == .string(name))
        }
    }

    @Test("pages follow each other without gaps and repeats, newest first")
    func pages() async throws {
        try await APIBench.run { bench in
            for second in 0..<5 {
                let time = Date(timeIntervalSince1970: 1_770_000_000 + Double(second / 2))
                try await bench.insertTicket(.init(createdAt: time))
            }
            var seen: [JSON] = []
            var cursor: String?
            repeat {
                let page = try await bench.get("/tickets?limit=2&q=1234" + (cursor.map { "&cursor=\($0)" } ?? ""))
                seen += page.data
                cursor = page.json["next_cursor"]?.string
            } while cursor != nil
            #expect(seen.count == 5 && Set(seen.compactMap { $0["id"]?.string }).count == 5)
            let times = seen.compactMap { $0["created_at"]?.string }
            #expect(times == times.sorted(by: >))
        }
    }

    @Test("reading and writing tickets are scopes of their own")
    func scopes() async throws {
        try await APIBench.run { bench in
            let ticket = try await bench.insertTicket()
            let (reader, returns, agent) = (KeySecret(), KeySecret(), KeySecret())
            try await bench.grant(reader, role: "read_only")
            try await bench.grant(returns, role: "custom", scopes: ["returns:read", "returns:write"])
            try await bench.grant(agent, role: "agent")
            #expect(try await bench.get("/tickets/\(ticket.id)", key: reader).status == 200)
            #expect(try await bench.send(.patch, "/tickets/\(ticket.id)", "{}", key: reader).status == 403)
            #expect(try await bench.post("/tickets", "{}", key: reader).status == 403)
            #expect(try await bench.get("/tickets", key: returns).status == 403)
            #expect(try await bench.get("/tickets", key: agent).status == 200)
            #expect(try await bench.send(.patch, "/tickets/\(ticket.id)", "{}", key: agent).status == 422)
        }
    }
}
