import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Subscriptions at Stripe")
struct StripeSubscriptionTests {
    private let cancellation = StripeCancellation(at: .periodEnd, comment: "RMA 01HV7Z", feedback: .unused)

    private func subscription(
        _ status: String = "active", endsWithPeriod: Bool = false, comment: String? = nil
    ) -> ScriptedHTTPClient.Step {
        let comment = comment.map { "\"\($0)\"" } ?? "null"
        return .answer(
            200,
            """
            {"id":"sub_1","object":"subscription","status":"\(status)","customer":{"id":"cus_1"},
             "cancel_at_period_end":\(endsWithPeriod),"canceled_at":null,"ended_at":null,
             "cancellation_details":{"comment":\(comment),"feedback":null}}
            """)
    }

    @Test("it is cancelled with the period, and that can be taken back")
    func periodEnd() async throws {
        let http = ScriptedHTTPClient(
            subscription(), subscription(endsWithPeriod: true, comment: "RMA 01HV7Z"),
            subscription(endsWithPeriod: true, comment: "RMA 01HV7Z"), subscription())
        let client = try stripe(http)
        let cancelled = try await client.cancel("sub_1", cancellation)
        #expect(cancelled.byUs)
        #expect(cancelled.subscription.canBeResumed)
        #expect(cancelled.subscription.customerID == "cus_1")
        #expect(
            http.body(1)
                == "cancel_at_period_end=true&cancellation_details%5Bcomment%5D=RMA%2001HV7Z"
                + "&cancellation_details%5Bfeedback%5D=unused")
        #expect(try await client.resume("sub_1").endsWithPeriod == false)
        #expect(http.body(3) == "cancel_at_period_end=false")
    }

    @Test("one that somebody else has cancelled is left, and is not ours to take back")
    func cancelledBefore() async throws {
        let http = ScriptedHTTPClient(subscription(endsWithPeriod: true, comment: "too dear"))
        #expect(try await stripe(http).cancel("sub_1", cancellation).byUs == false)
        #expect(http.requests.count == 1)
    }

    @Test("an end is for good: found again after a lost answer, and never resumed")
    func ended() async throws {
        let now = StripeCancellation(at: .now(invoice: false, prorate: true), comment: "RMA 01HV7Z")
        let http = ScriptedHTTPClient(
            subscription(), stripeError(404, "resource_missing"), subscription("canceled", comment: "RMA 01HV7Z"),
            subscription("canceled"))
        let client = try stripe(http)
        let cancelled = try await client.cancel("sub_1", now)
        #expect(cancelled.byUs)
        #expect(http.lines[1] == "DELETE http://127.0.0.1:9/stripe/v1/subscriptions/sub_1")
        #expect(http.body(1).hasPrefix("invoice_now=false&prorate=true&"))
        let failure = try await failure { try await client.resume("sub_1") }
        #expect(failure.code == "subscription_ended")
    }
}
