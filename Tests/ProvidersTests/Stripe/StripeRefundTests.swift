import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Refunds at Stripe")
struct StripeRefundTests {
    @Test("a refund is looked for, then sent as a form with its key")
    func made() async throws {
        let http = ScriptedHTTPClient(stripeList(), .answer(200, stripeRefundJSON()))
        let refund = try await stripe(http, #","account":"acct_1""#).refund(stripeRefund())
        #expect(
            http.lines == [
                "GET http://127.0.0.1:9/stripe/v1/refunds?payment_intent=pi_1&limit=100",
                "POST http://127.0.0.1:9/stripe/v1/refunds",
            ])
        #expect(
            http.body(1)
                == "payment_intent=pi_1&amount=14900&reason=requested_by_customer"
                + "&metadata%5Brma_id%5D=01HV7Z&metadata%5Bstateset_refund%5D=rfd_1")
        let request = http.requests[1]
        #expect(request.header("Idempotency-Key") == "rfd_1")
        #expect(request.header("Authorization") == "Bearer sk_test_x")
        #expect(request.header("Stripe-Version") == "2026-06-24.dahlia")
        #expect(request.header("Stripe-Account") == "acct_1")
        #expect(request.header("Content-Type") == "application/x-www-form-urlencoded")
        #expect(refund.status.refundStatus == .succeeded)
        #expect(refund.amount == (try Money(decimal: "149.00", currency: usd())))
    }

    @Test("a payment's currency is asked for where its id belongs")
    func currency() async throws {
        let http = ScriptedHTTPClient(.answer(200, #"{"currency":"eur"}"#), .answer(200, #"{"currency":"usd"}"#))
        #expect(try await stripe(http).currency(of: .paymentIntent("pi_1"))?.code == "EUR")
        #expect(try await stripe(http).currency(of: .charge("py_1"))?.code == "USD")
        #expect(http.lines.map { $0.hasSuffix("/payment_intents/pi_1") } == [true, false])
        #expect(http.lines.last?.hasSuffix("/charges/py_1") == true)
    }

    @Test("one that is there is taken, also on a later page, and nothing is sent")
    func found() async throws {
        let http = ScriptedHTTPClient(
            stripeList(stripeRefundJSON("re_9", key: "rfd_9"), hasMore: true),
            stripeList(stripeRefundJSON("re_1", status: "pending")))
        let refund = try await stripe(http).refund(stripeRefund())
        #expect(refund.id == "re_1")
        #expect(refund.status == .pending)
        #expect(http.lines[1].hasSuffix("&starting_after=re_9"))
        #expect(http.requests.count == 2)
    }

    @Test("a failure that is kept under the key is passed by with the next key, once nothing is there")
    func storedFailure() async throws {
        let stored = stripeError(500, nil, type: "api_error", ["Idempotent-Replayed": "true"])
        let http = ScriptedHTTPClient(stripeList(), stored, stripeList(), .answer(200, stripeRefundJSON()))
        #expect(try await stripe(http).refund(stripeRefund()).id == "re_1")
        #expect(http.requests[3].header("Idempotency-Key") == "rfd_1-2")
        let fresh = ScriptedHTTPClient(stripeList(), stripeError(500, nil, type: "api_error"))
        #expect(
            try await failure { try await stripe(fresh).refund(stripeRefund()) }
                == .unknownOutcome(code: "api_error", message: "words"))
    }

    @Test("failures are sorted by Stripe's own rule of retries")
    func failures() async throws {
        let retry = ["stripe-should-retry": "true"]
        let cases: [(ScriptedHTTPClient.Step, ProviderFailure)] = [
            (
                stripeError(400, "charge_already_refunded"),
                .refused(code: "charge_already_refunded", message: "words")
            ),
            (stripeError(402, "card_declined", type: "card_error"), .refused(code: "card_declined", message: "words")),
            (
                stripeError(400, nil, type: "idempotency_error"),
                .refused(code: "idempotency_error", message: "words")
            ),
            (stripeError(409, nil), .transient(code: "conflict", message: "words", retryAfter: nil)),
            (
                stripeError(409, nil, ["stripe-should-retry": "false"]),
                .refused(code: "conflict", message: "words")
            ),
            (
                stripeError(400, "lock_timeout", retry),
                .transient(code: "lock_timeout", message: "words", retryAfter: nil)
            ),
            (stripeError(429, "rate_limit"), .transient(code: "rate_limit", message: "words", retryAfter: nil)),
            (stripeError(424, nil), .unknownOutcome(code: "http_424", message: "words")),
            (stripeError(401, nil), .unauthorized(message: "words")),
            (
                stripeError(503, nil, type: "api_error"),
                .transient(code: "api_error", message: "words", retryAfter: nil)
            ),
            (
                .fail(.timeout, wasSent: true),
                .unknownOutcome(code: "timeout", message: "scripted")
            ),
        ]
        for (step, expected) in cases {
            let http = ScriptedHTTPClient(stripeList(), step)
            #expect(try await failure { try await stripe(http).refund(stripeRefund()) } == expected)
        }
    }

    @Test("the request's id is told with the words, for Stripe's support")
    func requestID() async throws {
        let http = ScriptedHTTPClient(stripeError(404, "resource_missing", ["Request-Id": "req_7"]))
        let failure = try await failure { try await stripe(http).refund("re_1") }
        #expect(failure == .refused(code: "resource_missing", message: "words (req_7)"))
    }

    @Test(
        "amounts are in Stripe's own smallest unit",
        arguments: [
            ("149.00", "USD", 14900), ("500", "JPY", 500), ("1.230", "KWD", 1230), ("7", "ISK", 700), ("7", "UGX", 700),
            ("500.00", "MGA", 500),
        ] as [(String, String, Int64)])
    func amounts(text: String, code: String, expected: Int64) throws {
        let money = try Money(decimal: text, currency: #require(Currency(code: code)))
        #expect(try StripeAmount.count(money) == expected)
        #expect(StripeAmount.money(expected, currency: code.lowercased()) == money)
    }

    @Test(
        "amounts that Stripe does not take are refused before anything is sent",
        arguments: [
            ("0", "USD"), ("-1.00", "USD"), ("1.234", "KWD"), ("0.50", "MGA"),
        ])
    func badAmounts(text: String, code: String) async throws {
        let money = try Money(decimal: text, currency: #require(Currency(code: code)))
        let http = ScriptedHTTPClient()
        let draft = StripeRefundDraft(key: "k", source: .charge("ch_1"), amount: money)
        #expect(try await failure { try await stripe(http).refund(draft) }.code == "amount")
        #expect(http.requests.isEmpty)
    }

    @Test("statuses are read in our words; one we do not know changes nothing")
    func statuses() {
        let known: [(String, RefundStatus?)] = [
            ("pending", .pending), ("requires_action", .requiresAction), ("succeeded", .succeeded),
            ("failed", .failed), ("canceled", .failed), ("dreaming", nil),
        ]
        for (text, expected) in known { #expect(StripeRefund.Status(text).refundStatus == expected) }
    }
}
