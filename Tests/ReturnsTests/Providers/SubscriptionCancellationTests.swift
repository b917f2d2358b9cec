import Commerce
import Contracts
import Foundation
import HTTPTransport
import Messaging
import Providers
import Support
import Testing

@testable import Returns

@Suite("How a subscription is cancelled")
struct SubscriptionCancellationTests {
    private func cancel(
        _ subscription: ReturnRequest.Subscription, _ http: StubHTTP
    ) async throws -> CancelReturnSubscriptionHandler.Outcome {
        var accounts = ProviderAccounts.onlyShopify(http)
        accounts.recharge = { _ in
            let settings = try RechargeSettings.decode(
                Array(#"{"base_url":"http://recharge","access_token":"a","client_secrets":["b"]}"#.utf8))
            return RechargeClient(settings: settings, http: http, gate: OpenGate())
        }
        accounts.stripe = { _ in
            let settings = try StripeSettings.decode(
                Array(#"{"base_url":"http://stripe","secret_key":"sk_a","webhook_secrets":["b"]}"#.utf8))
            return StripeClient(settings: settings, http: http, gate: OpenGate())
        }
        return try await CancelReturnSubscriptionHandler(accounts: accounts).perform(
            .init(key: "ret_1", subscription: subscription),
            for: EffectCall(workspaceID: WorkspaceID(), key: "k", now: Date(timeIntervalSince1970: 0)))
    }

    private func sent(_ http: StubHTTP, _ line: String) throws -> String {
        http.bodies[try #require(http.requests.firstIndex { $0.hasPrefix(line) })]
    }

    @Test("Recharge is told the reason, the comment and whether to mail; what is left out is as ever")
    func recharge() async throws {
        for isAsked in [true, false] {
            let note = "Return ret_1, next charge 2026-04-01" + (isAsked ? ". Has too many." : "")
            let http = StubHTTP([
                "GET /subscriptions/482011": .init(
                    body: """
                        {"subscription":{"id":482011,"status":"active","quantity":1,
                         "next_charge_scheduled_at":"2026-04-01"}}
                        """),
                "POST /subscriptions/482011/cancel": .init(
                    body: """
                        {"subscription":{"id":482011,"status":"cancelled","quantity":1,
                         "cancellation_reason_comments":"\(note)"}}
                        """),
            ])
            var subscription = ReturnRequest.Subscription(provider: "recharge", id: "482011")
            if isAsked {
                (subscription.reason, subscription.comment) = ("Too many", "Has too many.")
                subscription.notifyCustomer = true
            }
            let outcome = try await cancel(subscription, http)
            #expect(outcome.reply == .init(byUs: true, nextChargeDate: "2026-04-01"))
            let body = try sent(http, "POST")
            #expect(body.contains(isAsked ? #""Too many""# : #""Product returned""#) && body.contains(note))
            #expect(body.contains(#""send_email":\#(isAsked)"#))
        }
    }

    @Test("at Stripe it ends with its period, or at once and for good where that is asked")
    func stripe() async throws {
        for ending in [ReturnRequest.Subscription.Ending.now, nil] {
            let comment = #""cancellation_details":{"comment":"Return ret_1"}"#
            let http = StubHTTP([
                "GET /subscriptions/sub_1": .init(
                    body: #"{"id":"sub_1","status":"active","cancel_at_period_end":false}"#),
                "POST /subscriptions/sub_1": .init(
                    body: #"{"id":"sub_1","status":"active","cancel_at_period_end":true,\#(comment)}"#),
                "DELETE /subscriptions/sub_1": .init(body: #"{"id":"sub_1","status":"canceled",\#(comment)}"#),
            ])
            let outcome = try await cancel(
                .init(provider: "stripe", id: "sub_1", reason: "unused", at: ending), http)
            #expect(outcome.reply.byUs && outcome.isResumable == (ending == nil))
            let body = try sent(http, ending == .now ? "DELETE" : "POST")
            #expect(body.hasSuffix("feedback%5D=unused"))
            #expect(body.hasPrefix(ending == .now ? "invoice_now=false&prorate=false&" : "cancel_at_period_end=true&"))
        }
    }
}
