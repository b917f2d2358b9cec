import Commerce
import Foundation
import HTTPTransport
import Providers
import Testing

@testable import ProviderSimulators

@Suite("Refunds and subscriptions at Stripe, the client against the simulator")
struct StripeClientTests {
    @Test(
        "after a lost answer, and after one that lands late, there is one refund",
        arguments: ["drop_after", "apply_later"])
    func lost(mode: String) async throws {
        try await SimulatedHTTP.run { http in
            let account = try StripeAccount(http)
            let charge = try await account.pay()
            let draft = try account.refund("rfd_1", 4900, of: charge)
            try await account.lose("POST", "/v1/refunds", mode)
            await #expect(throws: ProviderFailure.self) { try await account.client.refund(draft) }
            let refund = try await account.client.refund(draft)
            #expect(refund.status == .succeeded)
            #expect(try await account.client.refund(draft).id == refund.id)
            _ = try await account.client.refund(account.refund("rfd_2", 4900, of: charge))
            #expect(try await account.client.refunds(of: charge).count == 2)
        }
    }

    @Test("a day later, when the key is forgotten, the refund is still found")
    func dayLater() async throws {
        let clock = ManualClock(Date(timeIntervalSince1970: 1_772_619_330))
        let http = try SimulatedHTTP(now: { clock.now })
        let account = try StripeAccount(http)
        let charge = try await account.pay()
        let draft = try account.refund("rfd_1", 4900, of: charge)
        let first = try await account.client.refund(draft)
        clock.advance(by: .seconds(3 * 86_400))
        #expect(try await account.client.refund(draft) == first)
        #expect(try await account.client.refunds(of: charge).count == 1)
    }

    @Test("a failure kept under the key does not keep the money for ever")
    func storedFailure() async throws {
        try await SimulatedHTTP.run { http in
            let account = try StripeAccount(http)
            let charge = try await account.pay()
            let draft = try account.refund("rfd_1", 14900, of: charge)
            try await http.control("POST", "stripe/break", #"{"times":1}"#)
            await #expect(throws: ProviderFailure.self) { try await account.client.refund(draft) }
            #expect(try await account.client.refund(draft).status == .succeeded)
            #expect(try await account.client.refunds(of: charge).count == 1)
        }
    }

    @Test("what Stripe refuses comes with its code")
    func refusals() async throws {
        try await SimulatedHTTP.run { http in
            let account = try StripeAccount(http)
            let charge = try await account.pay()
            func code(_ key: String, _ units: Int64, _ source: StripeRefundSource) async throws -> String {
                do {
                    _ = try await account.client.refund(account.refund(key, units, of: source))
                } catch let failure as ProviderFailure {
                    guard case .refused(let code, _) = failure else { throw failure }
                    return code
                }
                return "made"
            }
            #expect(try await code("a", 14901, charge) == "bad_request")
            #expect(try await code("b", 14900, charge) == "made")
            #expect(try await code("c", 1, charge) == "charge_already_refunded")
            #expect(try await code("d", 1, .charge("ch_none")) == "resource_missing")
        }
    }

    @Test("a refund that fails days later gives its room back, and tells so by webhook")
    func failsLater() async throws {
        try await SimulatedHTTP.run { http in
            let account = try StripeAccount(http)
            let charge = try await account.pay(#","refund_outcome":"pending""#)
            let refund = try await account.client.refund(account.refund("rfd_1", 14900, of: charge))
            #expect(refund.status == .pending)
            #expect(refund.pendingReason == "processing")
            try await http.control(
                "POST", "stripe/refunds/\(refund.id)/settle",
                #"{"status":"failed","failure_reason":"expired_or_canceled_card"}"#)
            let failed = try await account.client.refund(refund.id)
            #expect(failed.status == .failed)
            #expect(failed.failureReason == "expired_or_canceled_card")
            #expect(try await account.client.refund(account.refund("rfd_2", 14900, of: charge)).status == .pending)
            let clock = ManualClock(Date(timeIntervalSince1970: 1_772_619_330))
            let verifier = StripeWebhookVerifier(settings: account.settings, clock: clock)
            var topics: Set<String> = []
            var deliveries = http.transport.deliveries.makeAsyncIterator()
            while !topics.contains("refund.failed"), let delivery = await deliveries.next() {
                let headers = delivery.headers.map { ($0.name, $0.value) }
                guard
                    case .accepted(let webhook) = verifier.verify(InboundWebhook(headers: headers, body: delivery.body))
                else {
                    Issue.record("\(delivery.topic) was not accepted")
                    return
                }
                topics.insert(webhook.topic)
                _ = try StripeEvent(json: delivery.body)
            }
        }
    }

    @Test("a refund that waits for the customer can be taken back, also when the answer is lost")
    func cancelled() async throws {
        try await SimulatedHTTP.run { http in
            let account = try StripeAccount(http)
            let charge = try await account.pay(#","refund_outcome":"requires_action""#)
            let refund = try await account.client.refund(account.refund("rfd_1", 100, of: charge))
            #expect(refund.status == .requiresAction)
            try await account.lose("POST", "/v1/refunds/*/cancel")
            await #expect(throws: ProviderFailure.self) { try await account.client.cancelRefund(refund.id) }
            #expect(try await account.client.cancelRefund(refund.id).status == .cancelled)
        }
    }

    @Test("a subscription is cancelled once however often its answer is lost, and taken back once")
    func subscriptions() async throws {
        try await SimulatedHTTP.run { http in
            let account = try StripeAccount(http)
            let id = try await account.subscribe()
            let atEnd = StripeCancellation(at: .periodEnd, comment: "RMA 1", feedback: .unused)
            try await account.lose("POST", "/v1/subscriptions/*")
            await #expect(throws: ProviderFailure.self) { try await account.client.cancel(id, atEnd) }
            #expect(try await account.client.cancel(id, atEnd).byUs)
            try await account.lose("POST", "/v1/subscriptions/*")
            await #expect(throws: ProviderFailure.self) { try await account.client.resume(id) }
            #expect(try await account.client.resume(id).endsWithPeriod == false)
            #expect(try await account.client.cancel(id, atEnd).subscription.endsWithPeriod)
            let now = StripeCancellation(at: .now(invoice: false, prorate: false), comment: "RMA 2")
            try await account.lose("DELETE", "/v1/subscriptions/*")
            await #expect(throws: ProviderFailure.self) { try await account.client.cancel(id, now) }
            let ended = try await account.client.cancel(id, now)
            #expect(ended.subscription.isEnded)
            #expect(ended.byUs)
            await #expect(throws: ProviderFailure.self) { try await account.client.resume(id) }
        }
    }
}
