import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Support
import Testing

@testable import Returns

@Suite("A bonus that the shop refuses")
struct BonusCallTests {
    private static let refusal = #"[{"code":"CREDIT_LIMIT_EXCEEDED","field":["id"],"message":"Too much credit."}]"#

    /// - Parameter account: the customer's account, as the shop shows it after the refusal.
    private func perform(account: String) async throws -> GrantStoreCreditBonusHandler.Outcome {
        let http = StubHTTP([
            "GET /orders/77.json": .init(body: #"{"order":{"id":77,"name":"77","customer":{"id":5}}}"#),
            "POST /graphql.json": .init(
                body: """
                    {"data":{"storeCreditAccountCredit":{"storeCreditAccountTransaction":null,
                     "userErrors":\(Self.refusal)},"customer":\(account)}}
                    """),
        ])
        let amount = Money(minorUnits: 500, currency: try #require(Currency(code: "USD")))
        let since = Date(timeIntervalSince1970: 1_772_600_000)
        return try await GrantStoreCreditBonusHandler(accounts: .onlyShopify(http, version: "2025-07")).perform(
            .init(
                shopOrder: "77", refundID: RefundID(), amount: amount, since: since,
                others: ["5/2026-03-04T10:00:00Z/5.00"]),
            for: EffectCall(workspaceID: WorkspaceID(), key: "k", now: since))
    }

    private func account(_ movements: String...) -> String {
        let nodes = movements.joined(separator: ",")
        return """
            {"storeCreditAccounts":{"nodes":[{"balance":{"amount":"9.00","currencyCode":"USD"},
             "transactions":{"nodes":[\(nodes)]}}]}}
            """
    }

    private func credit(at time: String, of amount: String = "5.00", leaving balance: String) -> String {
        """
        {"amount":{"amount":"\(amount)","currencyCode":"USD"},"createdAt":"\(time)","event":"ADJUSTMENT",
         "balanceAfterTransaction":{"amount":"\(balance)","currencyCode":"USD"}}
        """
    }

    @Test("is granted where an earlier sending has brought it meanwhile")
    func found() async throws {
        let outcome = try await perform(account: account(credit(at: "2026-03-04T10:00:09Z", leaving: "9.00")))
        guard case .granted("5/2026-03-04T10:00:09Z/9.00") = outcome else {
            Issue.record("it was to be found, got \(outcome)")
            return
        }
    }

    @Test("stays refused where there is only another's, an older one or another amount")
    func absent() async throws {
        let others = account(
            credit(at: "2026-03-04T10:00:09Z", of: "4.00", leaving: "9.00"),
            credit(at: "2026-03-04T10:00:00Z", leaving: "5.00"), credit(at: "2026-03-03T10:00:00Z", leaving: "5.00"))
        for account in [others, "null"] {
            guard case .refused(let refusal) = try await perform(account: account) else {
                Issue.record("it was to be refused")
                return
            }
            #expect(refusal.code == "credit_limit_exceeded" && refusal.message == "Too much credit.")
        }
    }

    @Test("is looked for again where the look fails, and not given by hand beside it")
    func unseen() async {
        let failure = await #expect(throws: ProviderFailure.self) {
            _ = try await perform(account: #"{"storeCreditAccounts":{"nodes":"?"}}"#)
        }
        if case .refused = failure { Issue.record("a look that failed is no refusal") }
    }
}
