import Commerce
import Contracts
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite("The bonus of store credit", .enabled(if: ReturnsBench.isThere))
struct BonusTests {
    private static let policy =
        #""resolutions":["original_payment","store_credit"],"instant_refund":{"grade":"A"},"rules":[{"id":"b","#
        + #""when":{},"then":{"store_credit_incentive":{"percent":"10","max":"5.00"}}}]"#

    /// A robe of 50.00 with 4.00 of tax has come back.
    private func inspected(
        _ bench: ReturnsBench, as resolution: ReturnResolution = .storeCredit
    ) async throws -> ReturnID {
        try await bench.deliverOrder()
        try await bench.set(policy: Self.policy)
        let id = try await bench.ask { $0.resolution = resolution }
        try await bench.label(id)
        try await bench.receive(id)
        try await bench.inspect(id, grade: "A", matched: true)
        #expect(try await bench.assess(id).verdict == .refund)
        return id
    }

    /// - Returns: what is told to others.
    private func grant(
        _ refund: RefundID, _ outcome: GrantStoreCreditBonusHandler.Outcome, _ bench: ReturnsBench
    ) async throws -> (reply: GrantStoreCreditBonus.Reply, sent: [Envelope]) {
        let (reply, sent) = try await bench.handleAndSend { transaction in
            let handler = GrantStoreCreditBonusHandler(accounts: .onlyShopify(StubHTTP([:])))
            let command = GrantStoreCreditBonus(refundID: refund)
            switch try await handler.plan(command, in: transaction) {
            case .reply(let reply): return reply
            case .read(let request), .effect(_, let request):
                return try await handler.settle(outcome, of: request, for: command, in: transaction)
            }
        }
        return (reply, sent)
    }

    @Test("is given once the refund has arrived, and takes nothing of what the payments have left")
    func granted() async throws {
        try await ReturnsBench.run { bench in
            let id = try await inspected(bench)
            let asked = try await bench.refund(id)
            let refund = try #require(asked.refundID)
            #expect(asked.amount == "54.00" && asked.bonus == "5.00")
            #expect(try await bench.tender().pending == 5_400)
            #expect(try await grant(refund, .granted("early"), bench).reply.granted == nil)
            _ = try await bench.settle(refund, as: .succeeded)
            #expect(try await grant(refund, .granted("2026-03-04/5.00"), bench).reply.granted == "5.00")

            let tender = try await bench.tender()
            #expect(tender.refunded == 5_400 && tender.pending == 0 && tender.room == 5_900)
            #expect(try await bench.balance(.bonus) == 500)
            #expect(try await bench.balance(.storeCredit) == -500)
            #expect(try await bench.entries().last == "bonus_granted")
            let sent = try await bench.handleAndSend {
                let command = NotifyReturnCustomer(returnID: id, notice: .returnRefunded)
                _ = try await NotifyReturnCustomerHandler().handle(command, in: $0)
            }.sent
            let mail: SendEmail = try #require(sent.first { $0.attributes.type == SendEmail.name }).data()
            #expect(mail.values.texts["bonus"] == "5.00" && mail.values.texts["amount"] == "54.00")
        }
    }

    @Test(
        "is told by a mail of its own where the refund's has gone without it, and only then",
        arguments: [true, false])
    func told(before: Bool) async throws {
        try await ReturnsBench.run { bench in
            let id = try await inspected(bench)
            let refund = try #require(try await bench.refund(id).refundID)
            _ = try await bench.settle(refund, as: .succeeded)
            @Sendable func tell() async throws -> SendEmail {
                let sent = try await bench.handleAndSend {
                    let command = NotifyReturnCustomer(returnID: id, notice: .returnRefunded)
                    _ = try await NotifyReturnCustomerHandler().handle(command, in: $0)
                }.sent
                return try #require(sent.first { $0.attributes.type == SendEmail.name }).data()
            }
            if before { #expect(try await tell().values.texts["bonus"] == nil) }
            let sent = try await grant(refund, .granted("2026-03-04/5.00"), bench).sent
            let mails: [SendEmail] = try sent.filter { $0.attributes.type == SendEmail.name }.map { try $0.data() }
            let expected: [MailName] = before ? [.returnBonus] : []
            #expect(mails.map(\.template) == expected)
            #expect(mails.allSatisfy { $0.values.texts["bonus"] == "5.00" && $0.subject == "\(id)" })
            #expect(try await tell().values.texts["bonus"] == "5.00")
        }
    }

    @Test("what the shop refuses is an alert, and nobody is promised it")
    func refused() async throws {
        try await ReturnsBench.run { bench in
            let id = try await inspected(bench)
            let refund = try #require(try await bench.refund(id).refundID)
            _ = try await bench.settle(refund, as: .succeeded)
            let refusal = Refusal(code: "access_denied", message: "Access denied.")
            let (reply, sent) = try await grant(refund, .refused(refusal), bench)
            #expect(reply.granted == nil)
            #expect(sent.contains { $0.attributes.type == SendSlackAlert.name })
            #expect(try await bench.balance(.bonus) == 0)
        }
    }

    @Test("money that goes back the way it came has none")
    func money() async throws {
        try await ReturnsBench.run { bench in
            let id = try await inspected(bench, as: .originalPayment)
            let asked = try await bench.refund(id)
            #expect(asked.amount == "54.00" && asked.bonus == nil)
            let refund = try #require(asked.refundID)
            _ = try await bench.settle(refund, as: .succeeded)
            #expect(try await grant(refund, .granted("x"), bench).reply.granted == nil)
            #expect(try await bench.balance(.bonus) == 0)
        }
    }
}
