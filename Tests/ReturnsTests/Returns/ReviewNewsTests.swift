import Commerce
import Contracts
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite("What a customer hears of a review", .enabled(if: ReturnsBench.isThere))
struct ReviewNewsTests {
    private func mails(_ sent: [Envelope]) throws -> [SendEmail] {
        try sent.filter { $0.attributes.type == SendEmail.name }.map { try $0.data() }
    }

    private func messages(_ sent: [Envelope]) throws -> [PostReturnMessage] {
        try sent.filter { $0.attributes.type == PostReturnMessage.name }.map { try $0.data() }
    }

    private func assess(_ bench: ReturnsBench, _ id: ReturnID) async throws -> [Envelope] {
        let command = AssessReturn(returnID: id, isFinal: false)
        return try await bench.handleAndSend { _ = try await AssessReturnHandler().handle(command, in: $0) }.sent
    }

    private func review(_ bench: ReturnsBench, _ id: ReturnID, _ code: String) async throws -> [Envelope] {
        let command = ReviewReturn(returnID: id, reason: Refusal(code: code, message: "Look at it."))
        return try await bench.handleAndSend { _ = try await ReviewReturnHandler().handle(command, in: $0) }.sent
    }

    @Test("that somebody looks at the goods is told by mail and on the ticket, there as long as it is so")
    func goods() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask { $0.helpdesk = .init(provider: "gorgias", ticketID: "1") }
            try await bench.label(id)
            try await bench.receive(id)
            try await bench.inspect(id, grade: "B", matched: true)
            let sent = try await assess(bench, id)
            let mail = try #require(try mails(sent).first)
            #expect(mail.template == .returnInReview && mail.version == "\(id)-goods")
            #expect(mail.values.texts["goods_here"] == MailValues.yes && mail.values.lines.map(\.quantity) == [1])
            let message = try #require(try messages(sent).first)
            #expect(message.message == .inReview && message.version == "goods")
            let handler = PostReturnMessageHandler(accounts: .onlyShopify(StubHTTP([:])))
            func text() async throws -> String? {
                let plan = try await bench.handle { try await handler.plan(message, in: $0) }
                guard case .effect(_, let request) = plan else { return nil }
                return request.text
            }
            #expect(try await text()?.contains("somebody is looking at the goods") == true)
            try await bench.decide(id, .approve)
            #expect(try await text() == nil)
        }
    }

    @Test("a review that is about the money alone is told to nobody, and one without a ticket on none")
    func money() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let rules = #"[{"id":"r","when":{},"then":{"instant_refund":true}}]"#
            let fees = #"{"grades":{"A":"100","B":"80"},"original_shipping":"full_return"}"#
            try await bench.set(policy: #""approval_limit":"53.99","rules":\#(rules),"fees":\#(fees)"#)
            let id = try await bench.sendLabel()
            try await bench.receive(id)
            try await bench.inspect(id, grade: "A", matched: true)
            #expect(try await mails(assess(bench, id)).isEmpty)
            #expect(try await bench.record(id).statusReason?.code == "over_approval_limit")
            let other = try await bench.sendLabel()
            try await bench.receive(other)
            try await bench.inspect(other, grade: "A", matched: false)
            let sent = try await assess(bench, other)
            #expect(try mails(sent).count == 1 && messages(sent).isEmpty)
        }
    }

    @Test("whoever waits for a label that is refused hears it once; with the label nothing is told but a lost parcel")
    func way() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask()
            #expect(try await bench.check(id).outcome == .approved)
            for code in ["over_returned", "insufficient_funds"] {
                let mail = try #require(try await mails(review(bench, id, code)).first)
                #expect(mail.template == .returnInReview && mail.version == "\(id)")
                #expect(mail.values.texts["goods_here"] == nil && mail.values.texts["parcel_lost"] == nil)
            }
            let labelled = try await bench.sendLabel()
            try await bench.announce(labelled, as: "RMA1")
            #expect(try await mails(review(bench, labelled, "unsupported_action")).isEmpty)
            for _ in 1...2 {
                let mail = try #require(try await mails(review(bench, labelled, Refusal.parcelLost)).first)
                #expect(mail.version == "\(labelled)-parcel" && mail.values.texts["parcel_lost"] == MailValues.yes)
            }
        }
    }
}
