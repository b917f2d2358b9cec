import Commerce
import Foundation
import Messaging
import Providers
import Support
import Testing

@testable import Returns

@Suite("Payments of a refund that are at Stripe")
struct StripeTenderTests {
    private static let list = #"{"object":"list","has_more":false,"data":[]}"#

    private static func refund(_ status: String) -> String {
        #"{"id":"re_1","object":"refund","amount":5400,"currency":"usd","status":"\#(status)","metadata":{}}"#
    }

    static func sale(
        _ id: Int = 801, gateway: String = "Stripe_Phone", authorization: String = "pi_1"
    ) -> String {
        """
        {"id":"gid://shopify/OrderTransaction/\(id)","kind":"SALE","status":"SUCCESS","gateway":"\(gateway)",
         "authorizationCode":"\(authorization)","parentTransaction":null,
         "amountSet":{"shopMoney":{"amount":"113.00","currencyCode":"USD"},
                      "presentmentMoney":{"amount":"113.00","currencyCode":"USD"}}}
        """
    }

    private static func recorded(_ parent: Int = 801) -> String {
        """
        {"refund":{"id":9,"transactions":[{"id":901,"kind":"refund","status":"success","amount":"54.00",
         "parent_id":\(parent)}]}}
        """
    }

    private func http(
        _ sales: [String], stripe: StubHTTP.Answer = .init(body: Self.refund("succeeded")), currency: String = "usd",
        shop: StubHTTP.Answer = .init(body: Self.recorded()), list: StubHTTP.Answer = .init(body: Self.list)
    ) -> StubHTTP {
        StubHTTP([
            "POST /graphql.json": .init(
                body: #"{"data":{"order":{"transactions":[\#(sales.joined(separator: ","))]}}}"#),
            "GET /orders/77/refunds.json": .init(body: #"{"refunds":[]}"#), "POST /orders/77/refunds.json": shop,
            "GET /v1/refunds": list, "POST /v1/refunds": stripe,
            "GET /v1/payment_intents/pi_1": .init(body: #"{"id":"pi_1","currency":"\#(currency)"}"#),
        ])
    }

    private func perform(
        _ http: StubHTTP, payments: [ShopRefundRequest.Payment] = [.init(parentID: "801", amount: "54.00")],
        sinceFirstCall age: Duration? = nil, _ change: (inout ShopRefundRequest) -> Void = { _ in }
    ) async throws -> RefundNews {
        var request = ShopRefundRequest(
            shopOrder: "77", reference: "rfd_1", note: "return ret_1", currency: "USD", lines: [], payments: payments)
        change(&request)
        let call = EffectCall(
            workspaceID: WorkspaceID(), key: "k", now: Date(timeIntervalSince1970: 0), sinceFirstCall: age)
        return try await SendRefundHandler(accounts: .shopAndStripe(http)).perform(request, for: call)
    }

    private func writes(_ http: StubHTTP) -> [String] {
        http.requests.filter { $0.hasPrefix("POST") && !$0.hasSuffix("graphql.json") }
    }

    private static let atStripe = "POST http://stripe/v1/refunds"

    @Test("are given back at Stripe, and then the shop records them")
    func given() async throws {
        let http = http([Self.sale()])
        let news = try await perform(http)
        #expect(news.status == .succeeded && news.provider == "shopify" && news.externalID == "9")
        #expect(news.atStripe?.map(\.externalID) == ["re_1"])
        #expect(news.atStripe?.map(\.recorded) == ["54.00"])
        let writes = writes(http)
        #expect(writes.count == 2 && writes.first == Self.atStripe)
        let form = try #require(http.bodies.first { $0.hasPrefix("payment_intent=pi_1&amount=5400") })
        #expect(form.contains("=rfd_1-801") && form.contains("=return%20ret_1"))
    }

    @Test("wait for Stripe: the shop hears nothing before it has said yes")
    func pending() async throws {
        for (told, status) in [("pending", RefundStatus.pending), ("requires_action", .requiresAction)] {
            let http = http([Self.sale()], stripe: .init(body: Self.refund(told)))
            let news = try await perform(http)
            #expect(news.status == status && news.provider == "stripe" && news.externalID == nil)
            #expect(writes(http) == [Self.atStripe])
        }
    }

    @Test("that Stripe refuses fail with its words, and the shop records nothing")
    func refused() async throws {
        let body = #"{"error":{"type":"invalid_request_error","code":"charge_already_refunded","message":"Gone."}}"#
        let http = http([Self.sale()], stripe: .init(status: 400, body: body))
        let news = try await perform(http)
        #expect(news.status == .failed && news.error?.code == "charge_already_refunded" && news.parts == [])
        #expect(writes(http) == [Self.atStripe])
    }

    @Test(
        "are a person's where the shop names no payment of Stripe, has less left of it, or another currency",
        arguments: [
            (sale(authorization: "053422"), "usd", "no_stripe_payment"),
            (sale(), "eur", "foreign_currency"),
            (sale() + "," + taken, "usd", "recorded_in_shop"),
        ])
    func unusable(sales: String, currency: String, code: String) async throws {
        let http = http([sales], currency: currency)
        let news = try await perform(http)
        #expect(news.status == .failed && news.error?.code == code)
        #expect(writes(http).isEmpty)
    }

    /// 100.00 of the 113.00, by hand.
    static let taken = """
        {"id":"gid://shopify/OrderTransaction/901","kind":"REFUND","status":"SUCCESS","gateway":"Stripe_Phone",
         "amountSet":{"shopMoney":{"amount":"100.00","currencyCode":"USD"},
                      "presentmentMoney":{"amount":"100.00","currencyCode":"USD"}},
         "parentTransaction":{"id":"gid://shopify/OrderTransaction/801"}}
        """

    @Test("by other gateways are the shop's alone, and so is store credit's")
    func others() async throws {
        let http = http([Self.sale(gateway: "shopify_payments")])
        let news = try await perform(http)
        #expect(news.status == .succeeded && news.atStripe == nil)
        #expect(!http.requests.contains { $0.contains("http://stripe") })
    }

    @Test("of which the shop refuses the rest stay given, and are told as a part")
    func mixed() async throws {
        let http = http(
            [Self.sale(), Self.sale(802, gateway: "gift_card", authorization: "")],
            shop: .init(status: 422, body: #"{"errors":{"base":["no"]}}"#))
        let payments: [ShopRefundRequest.Payment] = [
            .init(parentID: "801", amount: "54.00"), .init(parentID: "802", amount: "6.00"),
        ]
        let news = try await perform(http, payments: payments)
        #expect(news.status == .failed && news.unrecorded != nil)
        #expect(news.parts == [.init(id: "re_1", parentID: "801", amount: "54.00")])
    }

    @Test("that are all of it have gone back, also where the shop refuses to record that")
    func unrecorded() async throws {
        let http = http([Self.sale()], shop: .init(status: 422, body: #"{"errors":{"base":["no"]}}"#))
        let news = try await perform(http)
        #expect(news.status == .succeeded && news.provider == "stripe" && news.unrecorded != nil)
    }

    @Test("that cannot be seen by now have not failed where an earlier call may have given them")
    func unseen() async throws {
        let body = #"{"error":{"type":"invalid_request_error","code":"resource_missing","message":"No such payment."}}"#
        let http = http([Self.sale()], list: .init(status: 404, body: body))
        #expect(try await perform(http).status == .failed)
        let failure = await #expect(throws: ProviderFailure.self) {
            try await perform(http, sinceFirstCall: .seconds(60))
        }
        guard case .unknownOutcome? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(writes(http).isEmpty)
    }

    @Test("that were given stay so where the shop's part is refused before it is sent")
    func refusedAfterwards() async throws {
        let http = http([Self.sale().replacing("USD", with: "EUR")])
        let part = StripePart(
            parentID: "801", amount: "54.00", externalID: "re_1", status: .succeeded,
            readAt: Date(timeIntervalSince1970: 0))
        let news = try await perform(http) { $0.given = [part] }
        #expect(news.status == .succeeded && news.unrecorded?.code == "foreign_currency")
    }

    @Test("of which one has given its part and another not are told of as missing in the shop, once")
    func inPart() {
        func part(_ payment: String, _ status: RefundStatus) -> StripePart {
            StripePart(
                parentID: payment, amount: "6.00", externalID: "re_\(payment)", status: status,
                readAt: Date(timeIntervalSince1970: 0))
        }
        let parts = [part("801", .succeeded), part("802", .failed)]
        #expect(RefundNews(atStripe: parts, since: .requested).unrecorded?.code == "refund_failed_in_part")
        #expect(RefundNews(atStripe: parts, since: .failed).unrecorded == nil)
        #expect(RefundNews(atStripe: [part("802", .failed)], since: .requested).unrecorded == nil)
    }

    @Test("are not recorded over what a refund that failed at Stripe has left in the shop")
    func recordedBefore() async throws {
        let http = http([Self.sale()])
        let news = try await perform(http) { $0.recorded = [.init(parentID: "801", amount: "54.00")] }
        #expect(news.status == .succeeded && news.provider == "stripe")
        #expect(writes(http) == [Self.atStripe])
    }

    @Test("that Stripe has given already are recorded without asking it again")
    func goingOn() async throws {
        let http = http([Self.sale()])
        let part = StripePart(
            parentID: "801", amount: "54.00", externalID: "re_1", status: .succeeded,
            readAt: Date(timeIntervalSince1970: 0))
        let news = try await perform(http) { $0.given = [part] }
        #expect(news.status == .succeeded && news.externalID == "9")
        #expect(!http.requests.contains { $0.contains("http://stripe") })
    }
}

extension ProviderAccounts {
    /// A workspace with a shop, and payments by the gateway `stripe_phone` that are at Stripe.
    static func shopAndStripe(_ http: StubHTTP) -> ProviderAccounts {
        var accounts = onlyShopify(http)
        let account: @Sendable () throws -> StripeAccount = {
            let settings = try StripeSettings.decode(
                Array(
                    """
                    {"base_url":"http://stripe/v1","secret_key":"sk_1","webhook_secrets":["whsec_1"],
                     "refund_gateways":"stripe_phone"}
                    """.utf8))
            return StripeAccount(
                settings: settings, client: StripeClient(settings: settings, http: http, gate: OpenGate()))
        }
        accounts.stripe = { _ in try account().client }
        accounts.refundsAtStripe = { _ in try account() }
        return accounts
    }
}
