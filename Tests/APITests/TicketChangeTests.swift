import Commerce
import Contracts
import HTTPTypes
import Messaging
import Postgres
import Testing
import Views

@testable import API

@Suite("Changing a ticket", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct TicketChangeTests {
    private let body = #"{"status":"item_received"}"#

    @Test("what changes goes to its owner, and the ticket is shown as it is then")
    func change() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let ticket = try await bench.insertTicket()
            let body = """
                {"status":"item_received","custom_fields":{"received_date":"2024-01-15","condition":"good",
                 "refund_amount":149.00,"return_reason":null}}
                """
            async let changed = bench.send(.patch, "/tickets/\(ticket.id)", body)
            try await bench.awaitCommand()
            try await bench.bump(ticket.id)
            try await bench.answerNext(.accepted(.emptyObject), as: .returns)
            let answer = try await changed
            #expect(answer.status == 200 && answer.headers[.eTag] == "\"2\"", "\(answer.json)")
            let sent = try #require(try await bench.sent().first)
            #expect(sent.routingKey == "returns.interactive" && sent.envelope.attributes.subject == "\(ticket.id)")
            let command = try sent.envelope.data(ChangeTicket.self)
            #expect(command.ticketID == ticket.id && command.status == .itemReceived && command.subject == nil)
            #expect(command.version == nil)
            let fields = #"{"condition":"good","received_date":"2024-01-15","refund_amount":149,"return_reason":null}"#
            #expect(command.customFields == fields)
        }
    }

    @Test(
        "what the caller has seen is compared by the owner",
        arguments: [("\"1\"", 1), ("\"7\"", 7), ("\"7\", \"1\"", 1), ("*", nil)] as [(String, Int?)])
    func compared(ifMatch: String, version: Int?) async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let ticket = try await bench.insertTicket()
            let refusal = CommandReply.refused(Refusal(code: "precondition_failed", message: "It has changed."))
            async let answered: Void = bench.answerNext(refusal, as: .returns)
            let answer = try await bench.send(.patch, "/tickets/\(ticket.id)", body, ifMatch: ifMatch)
            try await answered
            #expect(answer.status == 412 && answer.code == "precondition_failed" && answer.json["field"] == "If-Match")
            let sent = try #require(try await bench.sent().first)
            #expect(try sent.envelope.data(ChangeTicket.self).version == version)
        }
    }

    @Test(
        "a tag that was never one of ours is no match",
        arguments: ["W/\"1\"", "1", "\"x\"", "\"01\"", "nonsense", ","])
    func noTag(ifMatch: String) async throws {
        try await APIBench.run { bench in
            let ticket = try await bench.insertTicket()
            let answer = try await bench.send(.patch, "/tickets/\(ticket.id)", body, ifMatch: ifMatch)
            #expect(answer.status == 412 && answer.code == "precondition_failed" && answer.json["field"] == "If-Match")
            #expect(answer.json["detail"]?.string?.contains("\"1\"") == true)
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test("where the state stands in the way, the next statuses are told")
    func notAllowed() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let ticket = try await bench.insertTicket()
            let refusal = CommandReply.refused(Refusal(code: "not_allowed", message: "No.", field: "status"))
            async let answered: Void = bench.answerNext(refusal, as: .returns)
            let answer = try await bench.send(.patch, "/tickets/\(ticket.id)", #"{"status":"refunded"}"#)
            try await answered
            #expect(answer.status == 409 && answer.code == "not_allowed" && answer.json["field"] == "status")
            #expect(answer.json["allowed"] == ["item_received", "cancelled"])
        }
    }

    @Test("what is wrong with a change is named; nothing is sent")
    func wrongChange() async throws {
        try await APIBench.run { bench in
            let ticket = try await bench.insertTicket(
                .init(customFields: #"{"a":"\#(String(repeating: "x", count: 60_000))"}"#))
            let wrong: [(body: String, field: String)] = [
                ("{}", "status"), (#"{"status":"lost"}"#, "status"), (#"{"subject":""}"#, "subject"),
                (#"{"customer_email":"eve@example.com"}"#, "customer_email"),
                (#"{"custom_fields":"x"}"#, "custom_fields"),
                (#"{"custom_fields":{"b":"\#(String(repeating: "x", count: 6_000))"}}"#, "custom_fields"),
            ]
            for (body, field) in wrong {
                let answer = try await bench.send(.patch, "/tickets/\(ticket.id)", body)
                #expect(answer.status == 422 && answer.json["field"] == .string(field), "\(field): \(answer.json)")
            }
            #expect(try await bench.sent().isEmpty)
            let smaller = #"{"custom_fields":{"a":null,"b":"\#(String(repeating: "x", count: 6_000))"}}"#
            #expect(try await bench.send(.patch, "/tickets/\(ticket.id)", smaller).status == 503)
        }
    }

    @Test("a change under a key is made once; with another If-Match it is another")
    func idempotent() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let ticket = try await bench.insertTicket()
            let path = "/tickets/\(ticket.id)"
            async let answered: Void = bench.answerNext(.accepted(.emptyObject), as: .returns)
            let first = try await bench.send(.patch, path, body, idempotencyKey: "k", ifMatch: "\"1\"")
            try await answered
            let second = try await bench.send(.patch, path, body, idempotencyKey: "k", ifMatch: "\"1\"")
            #expect(first.status == 200 && second.status == 200 && second.json == first.json)
            #expect(second.headers[.eTag] == first.headers[.eTag])
            let other = try await bench.send(.patch, path, body, idempotencyKey: "k", ifMatch: "\"2\"")
            #expect(other.status == 422 && other.code == "idempotency_key_reused")
            #expect(try await bench.sent().count == 1)
        }
    }

    @Test("a search looks into its index, under the API's own role")
    func index() async throws {
        try await APIBench.run { bench in
            try await bench.insertManyTickets(count: 3_000)
            let service = try await TestDatabase.servicePool()
            let scans = try await service.transaction(workspace: bench.workspaceID.uuid) { database in
                let page = try await TicketReader.list(
                    .init(text: "needle77"), PageRequest(Query([])), in: database)
                #expect(page.items.map(\.subject) == ["Ticket needle77"])
                return try await database.query(
                    "SELECT pg_stat_get_xact_numscans('returns.tickets_search_idx'::regclass)::bigint AS scans"
                )[0]("scans", as: Int.self)
            }
            await service.close()
            #expect(scans > 0)
        }
    }
}

extension APIBench {
    fileprivate func bump(_ ticket: TicketID) async throws {
        try await owner.execute(
            "UPDATE returns.tickets SET version = version + 1, status = 'item_received' WHERE id = \(ticket.uuid)")
    }

    fileprivate func insertManyTickets(count: Int) async throws {
        try await owner.execute(
            """
            INSERT INTO returns.tickets (id, workspace_id, subject, customer_email, status, created_at, updated_at)
            SELECT gen_random_uuid(), \(workspaceID.uuid), 'Ticket needle' || number, 'ana@example.com', 'open', now(), now()
            FROM generate_series(1, \(count)) AS number
            """)
        try await owner.execute("ANALYZE returns.tickets")
    }
}
