import Commerce
import Contracts
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite("A return that is approved in part", .enabled(if: ReturnsBench.isThere))
struct PartialApprovalTests {
    private static let reviewed = #""rules":[{"id":"r","when":{},"then":{"needs_review":true}}]"#

    /// Two robes in review, whose return a person decides about.
    private func inReview(
        _ bench: ReturnsBench, policy: String = Self.reviewed, _ change: (inout ReturnRequest) -> Void = { _ in }
    ) async throws -> ReturnID {
        try await bench.deliverOrder()
        try await bench.set(policy: policy)
        let id = try await bench.ask(2, change)
        #expect(try await bench.check(id).outcome == .inReview)
        return id
    }

    private func keep(
        _ id: ReturnID, _ lines: [DecideReturn.Line], for exchangeLines: [ReturnRequest.ExchangeLine]? = nil,
        saying message: String? = nil, _ bench: ReturnsBench
    ) async throws -> [Envelope] {
        let command = DecideReturn(
            returnID: id, verb: .approve, reason: "one is worn", message: message, lines: lines,
            exchangeLines: exchangeLines)
        return try await bench.handleAndSend { _ = try await DecideReturnHandler().handle(command, in: $0) }.sent
    }

    private func refusal(_ work: () async throws -> Void) async -> Refusal? {
        await #expect(throws: Refusal.self) { try await work() }
    }

    @Test("what is not kept leaves the return, is free for another, and its customer is told")
    func part() async throws {
        try await ReturnsBench.run { bench in
            let id = try await inReview(bench) { $0.helpdesk = .init(provider: "gorgias", ticketID: "1") }
            let sent = try await keep(id, [.init(lineID: "1", quantity: 1)], saying: "It was worn.", bench)
            let record = try await bench.record(id)
            #expect(record.status == .approved && record.lines.map(\.units.count) == [1])
            #expect(record.request.lines.map(\.quantity) == [1])
            #expect(record.decision.lines.map(\.quantity) == [1] && record.decision.outcome == .inReview)
            let declined = try #require(record.declined.first)
            #expect(declined.quantity == 1 && declined.sku == "ROBE" && declined.message == "It was worn.")
            #expect(record.timeline?.contains { $0.summary == "Not accepted: 1 × Silk robe." } == true)
            let mail: SendEmail = try #require(sent.first { $0.attributes.type == SendEmail.name }).data()
            #expect(mail.template == .returnPartlyApproved && mail.values.texts["reason"] == "It was worn.")
            #expect(mail.values.lines == [.init(title: "Silk robe", quantity: 1)])
            let message: PostReturnMessage = try #require(
                sent.first { $0.attributes.type == PostReturnMessage.name }
            ).data()
            #expect(message.message == .partlyApproved)
            let news: ReturnReviewed = try #require(sent.first { $0.attributes.type == ReturnReviewed.type }).data()
            #expect(news.approved && news.plan?.comesBack == true)
            #expect(try await bench.heldUnits() == 1)
            _ = try await bench.ask(1)
            #expect(try await bench.heldUnits() == 2)
        }
    }

    @Test("what is not kept goes to the refund in the shop that had no unit free, and to nobody else")
    func shopUnits() async throws {
        try await ReturnsBench.run { bench in
            let id = try await inReview(bench)
            try await bench.refundInShop(1)
            #expect(try await bench.heldUnits() == 2)
            _ = try await keep(id, [.init(lineID: "1", quantity: 1)], bench)
            #expect(try await bench.heldUnits() == 2)
            _ = await refusal { _ = try await bench.ask(1) }
        }
    }

    @Test("nothing is written where all of it is kept, beside the yes")
    func whole() async throws {
        try await ReturnsBench.run { bench in
            let id = try await inReview(bench)
            let sent = try await keep(id, [.init(lineID: "1", quantity: 2)], bench)
            #expect(!sent.contains { $0.attributes.type == SendEmail.name })
            let news: ReturnReviewed = try #require(sent.first { $0.attributes.type == ReturnReviewed.type }).data()
            #expect(news.approved && news.plan == nil)
            let record = try await bench.record(id)
            #expect(record.declined.isEmpty && record.lines.map(\.units.count) == [2])
        }
    }

    @Test("what is decided once a return is decided anew on what is kept, and what is given back is of that")
    func money() async throws {
        try await ReturnsBench.run { bench in
            let policy = """
                "fees":{"return_shipping_fee":"5.00"},"rules":[{"id":"look","when":{},"then":{"needs_review":true,
                "instant_refund":true}},
                {"id":"large","when":{"return.item_count":{"at_least":2}},"then":{"handling_fee":"0"}}]
                """
            let id = try await inReview(bench, policy: policy)
            #expect(try await bench.record(id).decision.money.returnShippingFee == .zero)
            _ = try await keep(id, [.init(lineID: "1", quantity: 1)], bench)
            try await bench.handle {
                _ = try await RecordLabelSentHandler().handle(RecordLabelSent(returnID: id), in: $0)
            }
            try await bench.receive(id)
            try await bench.inspect(id, grade: "A", matched: true)
            _ = try await bench.assess(id)
            #expect(try await bench.refund(id).amount == "49.00")
        }
    }

    @Test(
        "what cannot be kept is refused with its field",
        arguments: [
            ([], "nothing_kept", "lines"),
            ([.init(lineID: "9", quantity: 1)], "unknown_line", "lines.0.line_id"),
            ([.init(lineID: "1", quantity: 0)], "bad_quantity", "lines.0.quantity"),
            ([.init(lineID: "1", quantity: 3)], "bad_quantity", "lines.0.quantity"),
            ([.init(lineID: "1", quantity: 2), .init(lineID: "1", quantity: 1)], "bad_quantity", "lines.1.quantity"),
            ([.init(lineID: "1", quantity: 1, reason: "torn")], "bad_quantity", "lines.0.quantity"),
        ] as [([DecideReturn.Line], String, String)])
    func wrong(lines: [DecideReturn.Line], code: String, field: String) async throws {
        try await ReturnsBench.run { bench in
            let id = try await inReview(bench)
            let refusal = await refusal { _ = try await keep(id, lines, bench) }
            #expect(refusal?.code == code && refusal?.field == field)
            let record = try await bench.record(id)
            #expect(record.status == .inReview && record.lines.map(\.units.count) == [2])
        }
    }

    @Test("units of one line that come back for several reasons are told apart by them")
    func reasons() throws {
        let units = [(1, "torn"), (2, "torn"), (3, "wrong_size")].map {
            ReturnUnit(lineID: "1", number: $0, sku: "ROBE", title: "Silk robe", reason: $1, stays: false)
        }
        let part = try PartialApproval([.init(lineID: "1", quantity: 1, reason: "torn")], of: units)
        #expect(part.kept.map(\.number) == [1] && part.declined.map(\.number) == [2, 3])
        #expect(part.declinedLines(saying: nil).map(\.reason) == ["torn", "wrong_size"])
        let refusal = #expect(throws: Refusal.self) {
            try PartialApproval([.init(lineID: "1", quantity: 1)], of: units)
        }
        #expect(refusal?.code == "ambiguous_line" && refusal?.field == "lines.0.reason")
        #expect(try PartialApproval([.init(lineID: "1", quantity: 3)], of: units).declined.isEmpty)
    }

    @Test("an exchange is approved in part with what is given for that part, of what was asked for")
    func exchange() async throws {
        let policy = Self.reviewed + #","resolutions":["exchange"]"#
        try await ReturnsBench.run { bench in
            let id = try await inReview(bench, policy: policy) {
                $0.resolution = .exchange
                $0.exchangeLines = [.init(sku: "SLIP", quantity: 2)]
            }
            let line = DecideReturn.Line(lineID: "1", quantity: 1)
            let wrong: [([ReturnRequest.ExchangeLine]?, String)] = [
                (nil, "exchange_lines"), ([.init(sku: "CAP", quantity: 1)], "exchange_lines.0.sku"),
                ([.init(sku: "SLIP", quantity: 3)], "exchange_lines.0.quantity"),
            ]
            for (given, field) in wrong {
                let refusal = await refusal { _ = try await keep(id, [line], for: given, bench) }
                #expect(refusal?.field == field)
            }
            _ = try await keep(id, [line], for: [.init(sku: "SLIP", quantity: 1)], bench)
            #expect(try await bench.record(id).request.exchangeLines == [.init(sku: "SLIP", quantity: 1)])
        }
    }

    @Test("once anything was done for the whole, or goods are here, it is too late for a part")
    func tooLate() async throws {
        try await ReturnsBench.run { bench in
            let id = try await inReview(bench)
            try await bench.decide(id, .approve)
            let line = DecideReturn.Line(lineID: "1", quantity: 1)
            let decided = await refusal { _ = try await keep(id, [line], bench) }
            #expect(decided?.code == "not_allowed" && decided?.field == "lines")
            let command = ReviewReturn(returnID: id, reason: Refusal(code: "over_returned", message: "?"))
            try await bench.handle { _ = try await ReviewReturnHandler().handle(command, in: $0) }
            let again = await refusal { _ = try await keep(id, [line], bench) }
            #expect(again?.code == "lines_settled" && again?.field == "lines")
            try await bench.receive(id)
            _ = try await bench.assess(id, isFinal: true)
            let here = await refusal { _ = try await keep(id, [line], bench) }
            #expect(here?.code == "lines_settled" && here?.message.contains("inspect") == true)
        }
    }

    @Test("one that is taken up again is approved in part as one that was never decided about")
    func takenUpAgain() async throws {
        try await ReturnsBench.run { bench in
            let id = try await inReview(bench)
            try await bench.decide(id, .approve)
            try await bench.withdraw(id)
            #expect(try await bench.check(id).outcome == .inReview)
            _ = try await keep(id, [.init(lineID: "1", quantity: 1)], bench)
            #expect(try await bench.record(id).lines.map(\.units.count) == [1])
            #expect(try await bench.heldUnits() == 1)
        }
    }

    @Test("the customer reads on the ticket what is not accepted, and why")
    func ticket() async throws {
        try await ReturnsBench.run { bench in
            let id = try await inReview(bench) { $0.helpdesk = .init(provider: "gorgias", ticketID: "1") }
            _ = try await keep(id, [.init(lineID: "1", quantity: 1)], saying: "It was worn.", bench)
            let handler = PostReturnMessageHandler(accounts: .onlyShopify(StubHTTP([:])))
            let command = PostReturnMessage(returnID: id, message: .partlyApproved)
            let plan = try await bench.handle { try await handler.plan(command, in: $0) }
            guard case .effect(_, let request) = plan else { throw Refusal(code: "no_effect", message: "\(plan)") }
            #expect(request.text.hasSuffix("We cannot take back:\n\n- 1 × Silk robe\n\nIt was worn."))
            #expect(!request.text.contains("one is worn"))
        }
    }
}
