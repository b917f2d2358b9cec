import Commerce
import Contracts
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite("What a customer is told of a rejection", .enabled(if: ReturnsBench.isThere))
struct RejectionTests {
    private static let message = "It was worn.\nWe send it back to you."

    private func mail(_ sent: [Envelope]) throws -> SendEmail {
        try #require(sent.first { $0.attributes.type == SendEmail.name }).data()
    }

    /// On the ticket.
    private func text(_ id: ReturnID, _ bench: ReturnsBench) async throws -> String {
        let handler = PostReturnMessageHandler(accounts: .onlyShopify(StubHTTP([:])))
        let command = PostReturnMessage(returnID: id, message: .rejected)
        let plan = try await bench.handle { try await handler.plan(command, in: $0) }
        guard case .effect(_, let request) = plan else { throw Refusal(code: "no_effect", message: "\(plan)") }
        return request.text
    }

    @Test("what staff write as the reason stays here; what they say to the customer is mailed and on the ticket")
    func byPerson() async throws {
        for message in [nil, Self.message] {
            try await ReturnsBench.run { bench in
                try await bench.deliverOrder()
                let id = try await bench.ask { $0.helpdesk = .init(provider: "gorgias", ticketID: "1") }
                try await bench.label(id)
                try await bench.receive(id)
                try await bench.inspect(id, grade: "B", matched: true)
                _ = try await bench.assess(id)
                try await bench.decide(id, .reject, saying: message)
                let mail = try mail(await bench.withdraw(id))
                #expect(mail.template == .returnRejected && mail.values.texts["reason"] == message)
                let text = try await text(id, bench)
                #expect(!text.contains("seen"))
                #expect(text.contains("\n\n\(Self.message)") == (message != nil))
                let record = try await bench.record(id)
                #expect(record.statusReason?.message == "seen")
                #expect(record.timeline?.contains { $0.summary == "seen" } == true)
            }
        }
    }

    @Test("what was said of one rejection is not said of the next")
    func again() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected(grade: "B")
            try await bench.decide(id, .reject, saying: Self.message)
            try await bench.withdraw(id)
            #expect(try await bench.check(id).outcome == .inReview)
            try await bench.decide(id, .reject)
            let next = try mail(await bench.withdraw(id))
            #expect(next.template == .returnRejected && next.values.texts["reason"] == nil)
        }
    }

    @Test("a ticket that is set to rejected tells nothing of who set it")
    func byTicket() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let create = CreateTicket(
                subject: "Return Request", customerEmail: "ana@example.com", status: .returnRequested,
                customFields: #"{"order_id":"77","items_to_return":["ROBE"],"return_reason":"wrong_size"}"#)
            let ticket = try await bench.handle { transaction in
                let id = try await CreateTicketHandler().handle(create, in: transaction).ticketID
                return try #require(try await TicketRecords.find(id, in: transaction.database))
            }
            let id = try #require(ticket.returnID)
            try await bench.label(id)
            try await bench.receive(id)
            _ = try await bench.assess(id, isFinal: true)
            let change = ChangeTicket(
                ticketID: ticket.id, subject: nil, status: .rejected, customFields: nil, version: nil)
            try await bench.handle { _ = try await ChangeTicketHandler().handle(change, in: $0) }
            let mail = try mail(await bench.withdraw(id))
            #expect(mail.template == .returnRejected && mail.values.texts["reason"] == nil)
            #expect(try await bench.record(id).statusReason?.message == "Ticket set to rejected.")
        }
    }

    @Test("the policy's own sentences are told, each once, and before those of a person")
    func byPolicy() {
        #expect(RejectionWords().text == nil)
        let words = RejectionWords(reasons: ["Too late.", "A gift."], message: "Sorry.")
        #expect(words.text == "Too late.\nA gift.\n\nSorry.")
    }

    @Test("a claim's rejection is told the same way, by mail and on the ticket of its goods")
    func claim() async throws {
        for message in [nil, Self.message] {
            try await ReturnsBench.run { bench in
                try await bench.deliverOrder()
                try await bench.setTerms()
                let id = try await bench.sendIn { $0.helpdesk = .init(provider: "gorgias", ticketID: "1") }
                try await bench.inspect(id, .noFault)
                let parcel = OutgoingParcel(trackingNumber: "1ZBACK", carrier: "UPS")
                try await bench.decide(id, .reject, parcel: parcel, saying: message)
                let mail = try mail(await bench.withdraw(id))
                #expect(mail.template == .warrantyRejected && mail.values.texts["reason"] == message)
                let text = try await text(try #require(try await bench.warranty(id).returnID), bench)
                #expect(!text.contains("seen"))
                #expect(text.contains("\n\n\(Self.message)") == (message != nil))
            }
        }
    }
}
