import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Subscriptions at Recharge")
struct RechargeTests {
    private let cancellation = RechargeCancellation(reason: "Product returned", comments: "RMA 01HV7Z")

    @Test("a cancellation has its reason, and tells when the next charge was planned")
    func cancel() async throws {
        let http = ScriptedHTTPClient(
            rechargeSubscription(), rechargeSubscription("CANCELLED", next: nil, comments: "RMA 01HV7Z"))
        let cancelled = try await recharge(http).cancel("482011", cancellation)
        #expect(cancelled.byUs)
        #expect(cancelled.plannedChargeDate == "2026-04-01")
        #expect(cancelled.subscription.status == .cancelled)
        #expect(http.lines[1] == "POST http://127.0.0.1:9/recharge/subscriptions/482011/cancel")
        #expect(http.requests[1].header("X-Recharge-Access-Token") == "token")
        #expect(http.requests[1].header("X-Recharge-Version") == "2021-11")
        #expect(
            try json(http.body(1))
                == [
                    "cancellation_reason": "Product returned", "cancellation_reason_comments": "RMA 01HV7Z",
                    "send_email": false,
                ])
    }

    @Test("what is cancelled already is left, and only our own cancellation may be taken back")
    func cancelledBefore() async throws {
        let theirs = ScriptedHTTPClient(rechargeSubscription("cancelled", comments: "moved away"))
        #expect(try await recharge(theirs).cancel("482011", cancellation).byUs == false)
        #expect(theirs.requests.count == 1)
        let ours = ScriptedHTTPClient(
            rechargeSubscription(), .answer(422, #"{"errors":{"status":["already cancelled"]}}"#),
            rechargeSubscription("cancelled", comments: "RMA 01HV7Z"))
        #expect(try await recharge(ours).cancel("482011", cancellation).byUs)
    }

    @Test("a refusal of an active subscription is one")
    func refused() async throws {
        let http = ScriptedHTTPClient(
            rechargeSubscription(), .answer(422, #"{"errors":{"cancellation_reason":["Missing data."]}}"#),
            rechargeSubscription())
        let failure = try await failure { try await recharge(http).cancel("482011", cancellation) }
        #expect(failure == .refused(code: "unprocessable", message: "cancellation_reason: Missing data."))
        let long = RechargeCancellation(reason: "x", comments: String(repeating: "y", count: 1025))
        #expect(try await failureOf(long).code == "cancellation")
    }

    private func failureOf(_ cancellation: RechargeCancellation) async throws -> ProviderFailure {
        try await failure { try await recharge(ScriptedHTTPClient()).cancel("1", cancellation) }
    }

    @Test("activating restores the date that the cancellation forgot")
    func activate() async throws {
        let http = ScriptedHTTPClient(
            rechargeSubscription("cancelled", next: nil), rechargeSubscription(next: "2026-04-30"),
            rechargeSubscription(next: "2026-04-01"))
        let subscription = try await recharge(http).activate("482011", nextChargeDate: "2026-04-01")
        #expect(subscription.nextChargeDate == "2026-04-01")
        #expect(try json(http.body(1)) == [:])
        #expect(try json(http.body(2)) == ["date": "2026-04-01"])
        let active = ScriptedHTTPClient(rechargeSubscription())
        _ = try await recharge(active).activate("482011", nextChargeDate: "2026-04-01")
        #expect(active.requests.count == 1)
    }

    @Test("one that another request has activated meanwhile is active; a refusal of a cancelled one is one")
    func activatedMeanwhile() async throws {
        let refused = ScriptedHTTPClient.Step.answer(422, #"{"errors":{"status":["already active"]}}"#)
        let late = ScriptedHTTPClient(rechargeSubscription("cancelled"), refused, rechargeSubscription())
        #expect(try await recharge(late).activate("482011").status == .active)
        let http = ScriptedHTTPClient(
            rechargeSubscription("cancelled"), refused, rechargeSubscription("cancelled"))
        let failure = try await failure { try await recharge(http).activate("482011") }
        #expect(failure == .refused(code: "unprocessable", message: "status: already active"))
    }

    @Test("bodies say their errors in four ways; limits and conflicts are waited out")
    func errors() async throws {
        let cases: [(ScriptedHTTPClient.Step, ProviderFailure)] = [
            (.answer(404, #"{"errors":"Not Found"}"#), .refused(code: "not_found", message: "Not Found")),
            (.answer(403, #"{"error":"scope"}"#), .refused(code: "forbidden", message: "scope")),
            (
                .answer(429, #"{"warning":"too many requests"}"#),
                .transient(code: "rate_limited", message: "too many requests", retryAfter: .seconds(2))
            ),
            (
                .answer(409, #"{"error":"busy"}"#),
                .transient(code: "conflict", message: "busy", retryAfter: .seconds(2))
            ),
            (.answer(401, #"{"error":"bad"}"#), .unauthorized(message: "bad")),
        ]
        for (step, expected) in cases {
            let http = ScriptedHTTPClient(step)
            #expect(try await failure { try await recharge(http).subscription("1") } == expected)
        }
    }

    @Test("with a cursor only the cursor and the limit are sent")
    func pages() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, #"{"customers":[{"id":91501,"email":"ana@example.com"}],"next_cursor":null}"#),
            .answer(200, #"{"subscriptions":[{"id":1,"status":"active"}],"next_cursor":"abc="}"#),
            .answer(200, #"{"subscriptions":[{"id":2,"status":"ACTIVE"}],"next_cursor":null}"#))
        let found = try await recharge(http).activeSubscriptions(email: "ana@example.com")
        #expect(found.map(\.id) == ["1", "2"])
        #expect(found.allSatisfy { $0.status == .active })
        #expect(http.lines[0] == "GET http://127.0.0.1:9/recharge/customers?email=ana%40example.com&limit=250")
        #expect(http.lines[1].hasSuffix("/subscriptions?customer_id=91501&status=active&limit=250"))
        #expect(http.lines[2].hasSuffix("/subscriptions?cursor=abc%3D&limit=250"))
    }

    @Test("a refund is sent only where what was refunded before is still so, and never beside the shop's")
    func refunds() async throws {
        let http = ScriptedHTTPClient(rechargeCharge(), rechargeCharge("refunded", refunded: "24.90"))
        let refunded = try await recharge(http).refund("1552301", amount: "24.90", before: "0.00")
        #expect(refunded.refunded == "24.90")
        #expect(try json(http.body(1)) == ["amount": "24.90"])
        let landed = ScriptedHTTPClient(rechargeCharge("refunded", refunded: "24.90"))
        _ = try await recharge(landed).refund("1552301", amount: "24.90", before: "0.00")
        #expect(landed.requests.count == 1)
        let other = ScriptedHTTPClient(rechargeCharge("partially_refunded", refunded: "5.00"))
        #expect(
            try await failure { try await recharge(other).refund("1", amount: "24.90", before: "0.00") }.code
                == "charge_changed")
        let inShop = ScriptedHTTPClient(rechargeCharge(order: "5678901234567"))
        #expect(
            try await failure { try await recharge(inShop).refund("1", amount: "1.00", before: "0") }.code
                == "refund_in_shop")
    }

    @Test("a charge that is skipped already is left; money is written as text")
    func charges() async throws {
        let http = ScriptedHTTPClient(rechargeCharge("skipped"))
        _ = try await recharge(http).skip("1552301", subscriptions: ["482011"])
        #expect(http.requests.count == 1)
        let queued = ScriptedHTTPClient(rechargeCharge("queued"), rechargeCharge("skipped"))
        _ = try await recharge(queued).skip("1552301", subscriptions: ["482011"])
        #expect(try json(queued.body(1)) == ["purchase_item_ids": [482_011]])
        let change = ScriptedHTTPClient(rechargeSubscription())
        _ = try await recharge(change).change("482011", RechargeChange(variantID: "39511204446299", price: "20.00"))
        #expect(
            try json(change.body(0))
                == [
                    "external_variant_id": ["ecommerce": "39511204446299"], "price": "20.00",
                    "use_shopify_variant_defaults": true,
                ])
    }
}
