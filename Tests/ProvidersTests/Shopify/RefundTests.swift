import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Refunds of a shop's order")
struct RefundTests {
    private let none = ScriptedHTTPClient.Step.answer(200, #"{"refunds":[]}"#)
    private let done = ScriptedHTTPClient.Step.answer(
        200,
        """
        {"data":{"refundCreate":{"refund":{"id":"gid://shopify/Refund/929361466","note":"wrong size [rfd_1]",
          "transactions":{"nodes":[{"id":"gid://shopify/OrderTransaction/1068278483","kind":"REFUND",
            "status":"PENDING","gateway":"shopify_payments",
            "amountSet":{"shopMoney":{"amount":"80.06","currencyCode":"USD"},
              "presentmentMoney":{"amount":"80.06","currencyCode":"USD"}},
            "parentTransaction":{"id":"gid://shopify/OrderTransaction/801038806"}}]}},"userErrors":[]}}}
        """)

    private func draft() -> ShopifyRefundDraft {
        var draft = ShopifyRefundDraft(
            order: "5678901234567", reference: "rfd_1", currency: "USD", note: "wrong size")
        draft.lines = [
            .init(lineItemID: "13711234567890", quantity: 1, restock: .restock(location: "24826418")),
            .init(lineItemID: "13711234567891", quantity: 2),
        ]
        draft.shipping = .full
        draft.payments = [.init(parentID: "801038806", gateway: "shopify_payments", amount: "80.06")]
        draft.notifyCustomer = true
        return draft
    }

    @Test("the mutation carries our reference as its key and in its note")
    func mutation() async throws {
        let http = ScriptedHTTPClient(none, done)
        let client = try shopify(http, #","graphql_version":"2026-04""#)
        let refund = try await client.createRefund(draft())
        #expect(http.lines[0] == "GET \(shopifyRest)/orders/5678901234567/refunds.json")
        let sent = try json(http.body(1))
        #expect(sent["query"]?.text?.contains("refundCreate(input:$input) @idempotent(key:$key)") == true)
        #expect(sent["variables"]?["key"] == "rfd_1")
        let order: JSONValue = "gid://shopify/Order/5678901234567"
        #expect(
            sent["variables"]?["input"]
                == [
                    "orderId": order, "currency": "USD", "note": "wrong size [rfd_1]", "notify": true,
                    "refundLineItems": [
                        [
                            "lineItemId": "gid://shopify/LineItem/13711234567890", "quantity": 1,
                            "restockType": "RETURN", "locationId": "gid://shopify/Location/24826418",
                        ],
                        [
                            "lineItemId": "gid://shopify/LineItem/13711234567891", "quantity": 2,
                            "restockType": "NO_RESTOCK",
                        ],
                    ],
                    "shipping": ["fullRefund": true],
                    "transactions": [
                        [
                            "orderId": order, "parentId": "gid://shopify/OrderTransaction/801038806",
                            "kind": "REFUND", "gateway": "shopify_payments", "amount": "80.06",
                        ]
                    ],
                ])
        #expect(refund.id == "929361466")
        #expect(refund.state == .pending)
        #expect(refund.transactions?.first?.parentID == "801038806")
        #expect(refund.transactions?.first?.kind == "refund")
    }

    @Test("a version without keys gets the REST refund of the contract page")
    func rest() async throws {
        let http = ScriptedHTTPClient(
            none,
            .answer(
                201,
                """
                {"refund":{"id":929361466,"note":"wrong size [rfd_1]","refund_line_items":[],
                  "transactions":[{"id":1068278483,"kind":"refund","status":"success","gateway":"shopify_payments",
                    "amount":"80.06","currency":"USD","parent_id":801038806}]}}
                """))
        let refund = try await shopify(http).createRefund(draft())
        #expect(refund.state == .succeeded)
        #expect(http.lines[1] == "POST \(shopifyRest)/orders/5678901234567/refunds.json")
        #expect(
            try json(http.body(1))["refund"]
                == [
                    "currency": "USD", "note": "wrong size [rfd_1]", "notify": true,
                    "shipping": ["full_refund": true],
                    "refund_line_items": [
                        [
                            "line_item_id": 13_711_234_567_890, "quantity": 1, "restock_type": "return",
                            "location_id": 24_826_418,
                        ],
                        ["line_item_id": 13_711_234_567_891, "quantity": 2, "restock_type": "no_restock"],
                    ],
                    "transactions": [
                        [
                            "parent_id": 801_038_806, "amount": "80.06", "kind": "refund",
                            "gateway": "shopify_payments",
                        ]
                    ],
                ])
    }

    @Test("a refund that carries the reference is given as it is, and nothing is sent")
    func present() async throws {
        let http = ScriptedHTTPClient(
            .answer(
                200,
                """
                {"refunds":[{"id":1,"note":"[rfd_11]","transactions":[]},
                  {"id":2,"note":"x [rfd_1]","transactions":[{"id":3,"kind":"refund","status":"failure","amount":"1"}]}]}
                """))
        let refund = try await shopify(http, #","graphql_version":"2026-04""#).createRefund(draft())
        #expect(refund.id == "2")
        #expect(refund.state == .failed)
        #expect(http.requests.count == 1)
    }

    @Test("a note from outside cannot pass for the marker of another refund")
    func hostileNote() {
        let draft = ShopifyRefundDraft(order: "1", reference: "rfd_1", currency: "USD", note: "see [rfd_2]")
        #expect(draft.markedNote == "see (rfd_2) [rfd_1]")
    }

    @Test("store credit is asked for by mutation, where the version has it")
    func storeCredit() async throws {
        var draft = ShopifyRefundDraft(order: "5", reference: "rfd_1", currency: "USD")
        draft.storeCredit = .init(amount: "40.00", expiresAt: "2027-01-01T00:00:00Z")
        let http = ScriptedHTTPClient(none, done)
        _ = try await shopify(http, #","graphql_version":"2025-10""#).createRefund(draft)
        let sent = try json(http.body(1))
        #expect(sent["query"]?.text?.contains("@idempotent") == false)
        #expect(
            sent["variables"]?["input"]?["refundMethods"]
                == [
                    [
                        "storeCreditRefund": [
                            "amount": ["amount": "40.00", "currencyCode": "USD"], "expiresAt": "2027-01-01T00:00:00Z",
                        ]
                    ]
                ])
        let old = ScriptedHTTPClient(none)
        let failure = try await failure { [draft] in try await shopify(old).createRefund(draft) }
        #expect(failure.code == "unsupported_version")
    }

    @Test(
        "what the shop says against a refund",
        arguments: [
            (
                #"{"field":["base"],"message":"Refund amount 9.00 is greater than 8.00"}"#,
                ProviderFailure.refused(code: "user_error", message: "Refund amount 9.00 is greater than 8.00")
            ),
            (
                #"{"field":null,"message":"This request is currently in progress, please try again."}"#,
                .unknownOutcome(
                    code: "idempotency_concurrent_request",
                    message: "This request is currently in progress, please try again.")
            ),
            (
                #"{"code":"IDEMPOTENCY_KEY_PARAMETER_MISMATCH","field":null,"message":"m"}"#,
                .refused(code: "idempotency_key_parameter_mismatch", message: "m")
            ),
        ])
    func refusals(error: String, expected: ProviderFailure) async throws {
        let http = ScriptedHTTPClient(
            none, .answer(200, #"{"data":{"refundCreate":{"refund":null,"userErrors":[\#(error)]}}}"#))
        let client = try shopify(http, #","graphql_version":"2026-04""#)
        #expect(try await failure { try await client.createRefund(draft()) } == expected)
    }

    @Test("a lost or unreadable answer leaves the refund unknown, a full bucket does not")
    func unknown() async throws {
        let steps: [ScriptedHTTPClient.Step] = [
            .fail(.timeout, wasSent: true), .answer(502, "<html>"), .answer(200, "{}"),
        ]
        for step in steps {
            let client = try shopify(ScriptedHTTPClient(none, step), #","graphql_version":"2026-04""#)
            guard case .unknownOutcome = try await failure({ try await client.createRefund(draft()) }) else {
                Issue.record("\(step)")
                continue
            }
        }
        let busy = try shopify(ScriptedHTTPClient(none, .answer(429, "{}")))
        guard case .transient = try await failure({ try await busy.createRefund(draft()) }) else {
            Issue.record("429")
            return
        }
    }
}
