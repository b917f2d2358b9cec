import Commerce
import Contracts
import Messaging
import Providers
import Testing
import Views

@testable import Returns

@Suite("Tickets of returns", .enabled(if: ReturnsBench.isThere))
struct ReturnTicketTests {
    private func open(
        _ bench: ReturnsBench,
        _ fields: String = #"{"order_id":"77","items_to_return":["ROBE"],"return_reason":"wrong_size"}"#
    ) async throws -> TicketRecord {
        let command = CreateTicket(
            subject: "Return Request", customerEmail: "ana@example.com", status: .returnRequested, customFields: fields)
        return try await bench.handle {
            let id = try await CreateTicketHandler().handle(command, in: $0).ticketID
            return try #require(try await TicketRecords.find(id, in: $0.database))
        }
    }

    private func change(
        _ bench: ReturnsBench, _ ticket: TicketRecord, _ status: TicketStatus?, _ fields: String? = nil,
        version: Int? = nil
    ) async throws -> TicketRecord {
        let command = ChangeTicket(
            ticketID: ticket.id, subject: nil, status: status, customFields: fields, version: version)
        return try await bench.handle {
            _ = try await ChangeTicketHandler().handle(command, in: $0)
            return try #require(try await TicketRecords.find(ticket.id, in: $0.database))
        }
    }

    @Test("opens its return, follows it, and item_received with a condition is receipt, grade and match")
    func wholeWay() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let ticket = try await open(bench)
            let id = try #require(ticket.returnID)
            try await bench.label(id)
            let received = try await change(bench, ticket, .itemReceived, #"{"condition":"good","refund_amount":54}"#)
            #expect(received.status == .itemReceived && received.flags.isEmpty)
            let record = try await bench.record(id)
            #expect(record.status == .inspected && record.lines[0].grade == .a && record.lines[0].matched == true)
            #expect(try await bench.assess(id).verdict == .refund)
        }
    }

    @Test("an amount of 9999 in a change is kept and flagged, and moves nothing")
    func foreignAmount() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let ticket = try await open(bench)
            let id = try #require(ticket.returnID)
            try await bench.label(id)
            let changed = try await change(bench, ticket, .itemReceived, #"{"condition":"good","refund_amount":9999}"#)
            #expect(changed.flags.map(\.code) == ["refund_amount_differs"])
            #expect(changed.customFields["refund_amount"] == 9999)
            _ = try await bench.assess(id)
            #expect(try await bench.refund(id).amount == "54.00")
            #expect(try await bench.tender().pending == 5400)
        }
    }

    @Test("steps that its life does not have are refused; nobody sets refunded by hand")
    func illegal() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let ticket = try await open(bench)
            for status in [TicketStatus.refunded, .itemReceived, .solved, .labelSent] {
                let refusal = await #expect(throws: Refusal.self) { try await change(bench, ticket, status) }
                #expect(refusal?.code == "not_allowed")
            }
            let stale = await #expect(throws: Refusal.self) {
                try await change(bench, ticket, nil, #"{"a":1}"#, version: 7)
            }
            #expect(stale?.code == "precondition_failed")
        }
    }

    @Test("nobody closes a return by hand, takes it into review, or cancels it once its goods are here")
    func outOfHands() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let ticket = try await open(bench)
            let id = try #require(ticket.returnID)
            try await bench.label(id)
            for status in [TicketStatus.inReview, .closed] {
                let refusal = await #expect(throws: Refusal.self) { try await change(bench, ticket, status) }
                #expect(refusal?.code == "not_allowed" && refusal?.field == "status")
            }
            _ = try await change(bench, ticket, .itemReceived, #"{"condition":"fair"}"#)
            #expect(try await bench.assess(id).verdict == .review)
            for status in [TicketStatus.cancelled, .closed] {
                let refusal = await #expect(throws: Refusal.self) { try await change(bench, ticket, status) }
                #expect(refusal?.code == "not_allowed" && refusal?.field == "status")
            }
            #expect(try await bench.record(id).status == .inReview)
        }
    }

    @Test("a ticket is approved with the condition of what is here, and what is still awaited stays so")
    func approvedWithCondition() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let ticket = try await open(
                bench, #"{"order_id":"77","items_to_return":["ROBE","ROBE"],"return_reason":"wrong_size"}"#)
            let id = try #require(ticket.returnID)
            try await bench.label(id)
            try await bench.receive(id)
            _ = try await bench.assess(id, isFinal: true)
            let refusal = await #expect(throws: Refusal.self) { try await change(bench, ticket, .approved) }
            #expect(refusal?.code == "not_inspected")
            _ = try await change(bench, ticket, .approved, #"{"condition":"fair"}"#)
            let units = try await bench.record(id).lines[0].units
            #expect(units.map(\.grade) == [.b, nil] && units.map(\.state) == [.received, nil])
            #expect(try await bench.refund(id).amount == "43.20")
        }
    }

    @Test("a ticket asks for other goods, or for store credit, as a return does")
    func resolutions() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let fields = #"{"order_id":"77","items_to_return":["ROBE"],"return_reason":"wrong_size","resolution":"#
            let exchange = try await open(bench, fields + #""exchange","exchange_items":["GOWN","HAT","GOWN"]}"#)
            let id = try #require(exchange.returnID)
            #expect(try await bench.record(id).resolution == .exchange)
            let wanted = try await bench.handle { try await ReturnCase.lock(id, in: $0).row.request.exchangeLines }
            #expect(wanted == [.init(sku: "GOWN", quantity: 2), .init(sku: "HAT", quantity: 1)])
            let credit = try #require(try await open(bench, fields + #""store_credit"}"#).returnID)
            #expect(try await bench.record(credit).resolution == .storeCredit)
        }
    }

    @Test("with an exchange on its way a return is not cancelled any more")
    func pastPivot() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let ticket = try await open(bench)
            let id = try #require(ticket.returnID)
            try await bench.label(id)
            let currency = try #require(Currency(code: "USD"))
            try await bench.handle {
                let exchange = ReturnExchange(
                    draftID: "9", name: nil, credit: .zero(currency), due: .zero(currency), lines: [])
                try await ExchangeStore($0).save(exchange, of: id)
            }
            let refusal = await #expect(throws: Refusal.self) { try await change(bench, ticket, .cancelled) }
            #expect(refusal?.code == "not_allowed" && refusal?.message.contains("forward") == true)
        }
    }

    @Test(
        "whether goods match is true or false: nothing else counts as either",
        arguments: [#""false""#, "0", "\"no\"", "[]", "{}"])
    func flags(_ value: String) async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let asked = await #expect(throws: Refusal.self) {
                try await open(
                    bench, #"{"order_id":"77","items_to_return":["ROBE"],"cancel_subscription":\#(value)}"#)
            }
            #expect(asked?.field == "custom_fields.cancel_subscription")
            let action = await #expect(throws: Refusal.self) {
                try await open(
                    bench, #"{"order_id":"77","items_to_return":["ROBE"],"subscription_action":"stop"}"#)
            }
            #expect(action?.field == "custom_fields.subscription_action")
            let ticket = try await open(bench)
            let id = try #require(ticket.returnID)
            try await bench.label(id)
            for name in ["matched", "match"] {
                let refusal = await #expect(throws: Refusal.self) {
                    try await change(bench, ticket, .itemReceived, #"{"condition":"good","\#(name)":\#(value)}"#)
                }
                #expect(refusal?.field == "custom_fields.\(name)")
            }
            #expect(try await bench.record(id).status == .labelSent)
            _ = try await change(bench, ticket, .itemReceived, #"{"condition":"good","matched":false}"#)
            #expect(try await bench.record(id).lines[0].matched == false)
        }
    }

    @Test("the same receipt again changes nothing and tells nobody, before, while and after the money goes back")
    func receivedAgain() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let ticket = try await open(bench)
            let id = try #require(ticket.returnID)
            try await bench.label(id)
            let fields = #"{"condition":"good","refund_amount":54}"#
            let received = try await change(bench, ticket, .itemReceived, fields)
            try await expectNothing(of: .itemReceived, fields, received, bench)
            _ = try await bench.assess(id)
            let refund = try #require(try await bench.refund(id).refundID)
            try await expectNothing(of: .itemReceived, fields, received, bench)
            let worse = await #expect(throws: Refusal.self) {
                try await change(bench, ticket, .itemReceived, #"{"condition":"poor"}"#)
            }
            #expect(worse?.code == "not_allowed")
            _ = try await bench.settle(refund, as: .succeeded)
            let refunded = try await change(bench, ticket, nil, #"{"note":"paid"}"#)
            #expect(refunded.status == .refunded)
            try await expectNothing(of: .itemReceived, fields, refunded, bench)
            let back = await #expect(throws: Refusal.self) { try await change(bench, ticket, .labelSent) }
            #expect(back?.code == "not_allowed")
        }
    }

    private func expectNothing(
        of status: TicketStatus, _ fields: String, _ ticket: TicketRecord, _ bench: ReturnsBench
    ) async throws {
        let command = ChangeTicket(
            ticketID: ticket.id, subject: nil, status: status, customFields: fields, version: ticket.version)
        let sent = try await bench.handleAndSend { _ = try await ChangeTicketHandler().handle(command, in: $0) }.sent
        #expect(sent.isEmpty)
    }

    @Test("a change of status, fields and flags together is told once, with all that it changed")
    func toldOnce() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let ticket = try await open(bench)
            try await bench.label(try #require(ticket.returnID))
            let command = ChangeTicket(
                ticketID: ticket.id, subject: "Arrived", status: .itemReceived,
                customFields: #"{"condition":"good","refund_amount":9999}"#, version: nil)
            let sent = try await bench.handleAndSend {
                _ = try await ChangeTicketHandler().handle(command, in: $0)
            }.sent
            let told = sent.filter { $0.attributes.type == "ticket.updated" }
            #expect(told.count == 1)
            let data = try #require(told.first).data(TicketNews.self)
            #expect(data.status == "item_received")
            #expect(
                Set(data.previous.keys).subtracting(["updated_at"]) == ["subject", "status", "custom_fields", "flags"])
            #expect(data.previous["status"] == "label_sent")
        }
    }

    private struct TicketNews: Decodable {
        var status: String
        var previous: [String: JSONValue]
    }

    @Test("what is wrong in the custom fields is named by its path")
    func wrongFields() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let wrong = [
                (#"{"order_id":"99","items_to_return":["ROBE"]}"#, "custom_fields.order_id"),
                (#"{"order_id":"77","items_to_return":["HAT"]}"#, "custom_fields.items_to_return"),
                (#"{"order_id":"77","items_to_return":[]}"#, "custom_fields.items_to_return"),
                (#"{"order_id":"77","items_to_return":["ROBE","ROBE","ROBE"]}"#, "custom_fields.items_to_return"),
                (#"{"order_id":"77","items_to_return":["ROBE"],"return_reason":"x"}"#, "custom_fields.return_reason"),
                (#"{"order_id":"77","items_to_return":["ROBE"],"resolution":"x"}"#, "custom_fields.resolution"),
                (#"{"order_id":"77","items_to_return":["ROBE"],"resolution":"repair"}"#, "custom_fields.resolution"),
                (
                    #"{"order_id":"77","items_to_return":["ROBE"],"resolution":"exchange"}"#,
                    "custom_fields.exchange_items"
                ),
                (
                    #"{"order_id":"77","items_to_return":["ROBE"],"resolution":"exchange","exchange_items":"GOWN"}"#,
                    "custom_fields.exchange_items"
                ),
                (
                    #"{"order_id":"77","items_to_return":["ROBE"],"resolution":"exchange","exchange_items":[{}]}"#,
                    "custom_fields.exchange_items.0"
                ),
                (
                    #"{"order_id":"77","items_to_return":["ROBE"],"exchange_items":["GOWN"]}"#,
                    "custom_fields.exchange_items"
                ),
                ("[1]", "custom_fields"),
            ]
            for (fields, field) in wrong {
                let refusal = await #expect(throws: Refusal.self) { try await open(bench, fields) }
                #expect(refusal?.field == field, "\(fields): \(refusal?.description ?? "")")
                #expect(refusal?.message.contains("exchange_lines") == false)
            }
            #expect(try await bench.heldUnits() == 0)
        }
    }
}
