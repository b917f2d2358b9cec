import Commerce
import Contracts
import Foundation
import HTTPTypes
import Messaging
import Postgres
import Testing

@testable import API

@Suite("Returns", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct ReturnTests {
    @Test("a return is shown in the form of its schema, with its history and a tag")
    func form() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            let ticket = try await bench.insertTicket(of: goods.id)
            let answer = try await bench.get("/returns/\(goods.id)")
            let json = answer.json
            #expect(json["id"] == .string("\(goods.id)") && json["order_id"] == .string("\(goods.order)"))
            #expect(json["ticket_id"] == .string("\(ticket.id)") && json["saga_id"] == .id(goods.sagaID))
            #expect(json["status"] == "label_sent" && json["resolution"] == "original_payment")
            let line = try #require(json["lines"]?.elements.first)
            #expect(line["line_id"] == "l2" && line["sku"] == "MIE-ROBE-S" && line["quantity"] == .raw("2"))
            #expect(line["reason"] == "wrong_size" && line["received"] == .raw("0") && line["grade"] == .null)
            #expect(line["evidence"] == [] && json["inspections"] == [])
            #expect(line["units"]?.elements.first?["checklist"] == .null)
            #expect(json["label"]?["tracking_number"] == "9400" && json["label"]?["country"] == "US")
            #expect(json["decision"]?["outcome"] == "approved" && json["decision"]?["reasons"] == [])
            #expect(json["refund"]?["status"] == "none" && json["refund"]?["amount"] == .null)
            #expect(json["timeline"]?.elements.map { $0["type"] } == ["return.requested"])
            let tag = try #require(answer.headers[.eTag])
            #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""))
            #expect(try await bench.get("/returns/\(goods.id)").headers[.eTag] == tag)
            _ = try await bench.insertRefund(of: goods)
            let later = try await bench.get("/returns/\(goods.id)")
            #expect(later.json["refund"]?["amount"] == "8.93" && later.headers[.eTag] != tag)
        }
    }

    @Test("returns are found by order, ticket, status and time; other workspaces' are not")
    func filters() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            let ticket = try await bench.insertTicket(of: goods.id)
            try await bench.insertReturn(.init(status: .inReview))
            let foreign = try await bench.insertReturn(in: bench.otherWorkspaceID)
            let counts = [
                ("", 2), ("order_id=\(goods.order)", 1), ("ticket_id=\(ticket.id)", 1), ("status=in_review", 1),
                ("status=refunded", 0), ("updated_since=2026-02-01T00:00:00Z", 2),
                ("updated_since=2027-01-01T00:00:00Z", 0), ("order_id=\(foreign.order)", 0),
                ("order_id=\(goods.order)&status=in_review", 0), ("ticket_id=\(TicketID())", 0),
            ]
            for (query, count) in counts {
                #expect(try await bench.get("/returns?\(query)").data.count == count, "\(query)")
            }
            #expect(try await bench.get("/returns/\(foreign.id)").status == 404)
            #expect(try await bench.get("/returns/\(foreign.id)/explain").status == 404)
        }
    }

    @Test("a return is found by what a provider calls it, as a whole and in its own workspace")
    func externalID() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn(.init(externalIDs: #"{"netsuite":"78","dcl":"R-404"}"#))
            try await bench.insertReturn(.init(externalIDs: #"{"dcl":"R-4041"}"#))
            try await bench.insertReturn(.init(externalIDs: #"{"dcl":"R-404"}"#), in: bench.otherWorkspaceID)
            for id in ["R-404", "78"] {
                let found = try await bench.get("/returns?external_id=\(id)").data
                #expect(found.map { $0["id"] } == [.string("\(goods.id)")], "\(id)")
            }
            #expect(try await bench.get("/returns?external_id=R-40").data.isEmpty)
        }
    }

    @Test(
        "a wrong parameter is named",
        arguments: ["limit", "cursor", "status", "updated_since", "order_id", "ticket_id"])
    func wrongParameter(name: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.get("/returns?\(name)=nonsense")
            #expect(answer.status == 422 && answer.json["field"] == .string(name))
        }
    }

    @Test("pages follow each other without gaps and repeats, newest first")
    func pages() async throws {
        try await APIBench.run { bench in
            for second in 0..<5 {
                let time = Date(timeIntervalSince1970: 1_770_000_000 + Double(second / 2))
                try await bench.insertReturn(.init(createdAt: time))
            }
            var seen: [JSON] = []
            var cursor: String?
            repeat {
                let page = try await bench.get("/returns?limit=2" + (cursor.map { "&cursor=\($0)" } ?? ""))
                seen += page.data
                cursor = page.json["next_cursor"]?.string
            } while cursor != nil
            #expect(seen.count == 5 && Set(seen.compactMap { $0["id"]?.string }).count == 5)
            let times = seen.compactMap { $0["created_at"]?.string }
            #expect(times == times.sorted(by: >))
        }
    }

    @Test("a return is asked for in the caller's name and shown with its place")
    func create() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let goods = try await bench.insertReturn()
            let reply = try RawJSON(encoding: CreateReturn.Reply(returnID: goods.id))
            async let answered: Void = bench.answerNext(.accepted(reply), as: .returns)
            let body = """
                {"order_id":"\(goods.order)","lines":[{"sku":"MIE-ROBE-S","quantity":2,"reason":"wrong_size"}],
                 "resolution":"store_credit","helpdesk":{"provider":"gorgias","ticket_id":"9"},"cancel_subscription":true,
                 "subscription":{"provider":"recharge","id":"s1","reason":"Too many","notify_customer":true,"at":"now"},
                 "exchange_lines":[{"sku":"MIE-ROBE-M","quantity":1}],
                 "subscription_action":"cancel","ship_from":{"country":"CA"},"currency":"USD"}
                """
            let answer = try await bench.post("/returns", body)
            try await answered
            #expect(answer.status == 201 && answer.json["id"] == .string("\(goods.id)"), "\(answer.json)")
            #expect(answer.headers[.location] == "/v1/workspaces/\(bench.workspaceID)/returns/\(goods.id)")
            let shown = try await bench.get("/returns/\(goods.id)")
            #expect(answer.headers[.eTag] == shown.headers[.eTag])
            let sent = try #require(try await bench.sent().first)
            #expect(sent.routingKey == "returns.interactive" && sent.envelope.attributes.actor == "person:ana")
            #expect(sent.envelope.attributes.subject == "\(goods.order)")
            let command = try sent.envelope.data(CreateReturn.self)
            #expect(command.channel == .api && command.request.resolution == .storeCredit)
            #expect(command.request.lines == [.init(sku: "MIE-ROBE-S", quantity: 2, reason: "wrong_size")])
            #expect(command.request.helpdesk == .init(provider: "gorgias", ticketID: "9"))
            #expect(
                command.request.subscription
                    == .init(provider: "recharge", id: "s1", reason: "Too many", notifyCustomer: true, at: .now))
            #expect(command.request.exchangeLines == [.init(sku: "MIE-ROBE-M", quantity: 1)])
            #expect(command.request.subscriptionAction == .cancel)
            #expect(command.request.shipFrom?.country == "CA" && command.request.cancelSubscription == true)
        }
    }

    @Test(
        "what its owner refuses is told with the field that is wrong",
        arguments: [
            ("unknown_order", "order_id", 422), ("bad_quantity", "lines.0.quantity", 422),
            ("unknown_sku", "lines.0.sku", 422), ("foreign_currency", "currency", 422),
            ("window_closed", "lines.0", 422), ("already_returned", "lines.0.quantity", 409),
            ("payments_unknown", "order_id", 409),
        ])
    func refused(code: String, field: String, status: Int) async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let refusal = CommandReply.refused(Refusal(code: code, message: "No.", field: field))
            async let answered: Void = bench.answerNext(refusal, as: .returns)
            let body = #"{"order_id":"\#(OrderID())","lines":[{"sku":"X","quantity":1}]}"#
            let answer = try await bench.post("/returns", body, idempotencyKey: "once")
            try await answered
            #expect(answer.status == status && answer.code == code && answer.json["field"] == .string(field))
            let again = try await bench.post("/returns", body, idempotencyKey: "once")
            #expect(again.status == status && again.code == code)
            #expect(try await bench.sent().count == 1)
        }
    }

    @Test("a body of the wrong form is refused before anything is sent")
    func wrongBody() async throws {
        try await APIBench.run { bench in
            let line = #"{"sku":"X","quantity":1}"#
            let many = Array(repeating: line, count: 251).joined(separator: ",")
            let long = String(repeating: "x", count: 501)
            let wrong: [(body: String, field: String)] = [
                ("{}", "lines"), (#"{"lines":[{"sku":"X"}]}"#, "lines.0.quantity"),
                (#"{"lines":[{"sku":"X","quantity":"two"}]}"#, "lines.0.quantity"),
                (#"{"lines":[\#(line)],"resolution":"cash"}"#, "resolution"), (#"{"lines":[\#(many)]}"#, "lines"),
                (#"{"lines":[{"sku":"X","quantity":1,"reason":"\#(long)"}]}"#, "lines.0.reason"),
                (#"{"lines":[\#(line)],"helpdesk":{"provider":"gorgias"}}"#, "helpdesk.ticket_id"),
                (#"{"lines":[{"sku":"X","quantity":1001}]}"#, "lines.0.quantity"),
                (#"{"lines":[{"sku":"X","quantity":1,"evidence":[7]}]}"#, "lines.0.evidence.0"),
                (#"{"lines":[{"sku":"X","quantity":1,"evidence":["http://a.example"]}]}"#, "lines.0.evidence.0.url"),
                (
                    #"{"lines":[\#(line)],"exchange_lines":[{"sku":"Y","quantity":2147483648}]}"#,
                    "exchange_lines.0.quantity"
                ),
            ]
            for (body, field) in wrong {
                let answer = try await bench.post("/returns", body)
                #expect(answer.status == 422 && answer.json["field"] == .string(field), "\(field): \(answer.json)")
            }
            #expect(try await bench.post("/returns", "[").status == 400)
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test("what the customer shows is passed on and shown to whoever looks at the return")
    func evidence() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let goods = try await bench.insertReturn()
            let shown = ReturnRequest.Evidence(url: "https://example.com/seam.jpg", note: "The left \"one\"")
            let line = ReturnRequest.Line(lineID: "l2", quantity: 2, reason: "wrong_size", evidence: [shown])
            let request = ReturnRequest(orderID: goods.order.description, lines: [line])
            try await bench.owner.execute(
                "UPDATE returns.returns SET request = \(try JSONB(encoding: request)) WHERE id = \(goods.id.uuid)")
            let reply = try RawJSON(encoding: CreateReturn.Reply(returnID: goods.id))
            async let answered: Void = bench.answerNext(.accepted(reply), as: .returns)
            let body = try RawJSON(encoding: request).text
            let answer = try await bench.post("/returns", body)
            try await answered
            let told = answer.json["lines"]?.elements.first?["evidence"]?.elements ?? []
            #expect(answer.status == 201 && told.map { $0["url"]?.string } == [shown.url])
            #expect(told.map { $0["note"]?.string } == [shown.note])
            let command = try #require(try await bench.sent().first).envelope.data(CreateReturn.self)
            #expect(command.request.lines == [line])
        }
    }

    @Test("what inspections said is shown with who said it and when; other workspaces' is not")
    func inspections() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            let checklist = #"[{"id":"tags","text":"The tags are on.","passed":false,"note":"cut off"}]"#
            for (workspace, photo) in [
                (bench.workspaceID, "https://a.example"), (bench.otherWorkspaceID, "https://b.example"),
            ] {
                try await bench.owner.execute(
                    """
                    INSERT INTO returns.return_inspections (id, workspace_id, return_id, at, actor, line_id, units,
                        grade, matched, checklist, photos)
                    VALUES (\(UUIDv7.make()), \(workspace.uuid), \(goods.id.uuid), \(goods.createdAt), 'person:bo',
                        'l2', '{1}', 'B', NULL, \(JSONB(text: checklist)), \([photo]))
                    """)
            }
            try await bench.owner.execute(
                """
                UPDATE returns.return_units SET checklist = 'answered'
                WHERE return_id = \(goods.id.uuid) AND unit = 1
                """)
            let json = try await bench.get("/returns/\(goods.id)").json
            let found = json["inspections"]?.elements ?? []
            #expect(found.count == 1 && found.first?["actor"] == "person:bo" && found.first?["line_id"] == "l2")
            #expect(found.first?["at"] == .time(goods.createdAt) && found.first?["units"] == [.raw("1")])
            #expect(found.first?["grade"] == "B" && found.first?["matched"] == .null)
            #expect(found.first?["photos"] == ["https://a.example"])
            let item = try #require(found.first?["checklist"]?.elements.first)
            #expect(item["id"] == "tags" && item["text"] == "The tags are on.")
            #expect(item["passed"] == false && item["note"] == "cut off")
            let units = json["lines"]?.elements.first?["units"]?.elements ?? []
            #expect(units.map { $0["checklist"] } == ["answered", .null])
        }
    }

    @Test("while its owner is silent nobody says that there is a return")
    func silent() async throws {
        try await APIBench.run { bench in
            let answer = try await bench.post(
                "/returns", #"{"order_id":"\#(OrderID())","lines":[{"sku":"X","quantity":1}]}"#)
            #expect(answer.status == 503 && answer.code == "unavailable")
        }
    }
}
