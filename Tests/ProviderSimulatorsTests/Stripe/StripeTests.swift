import Foundation
import Testing

@testable import ProviderSimulators

extension SimulatorBundle where State == StripeSimulator {
    static func makeBundle(bucket: Double = 1000) -> Self {
        let settings = StripeSettings(
            secretKey: "sk_test_1", webhookSecret: "whsec_example_endpoint_secret_1",
            webhookURL: "http://gateway.test/webhooks/stripe/ws_1", bucketSize: bucket, leakPerSecond: 1)
        return Self(
            StripeSimulator(settings, idOffset: .pinned(0)), headers: ["authorization": "Bearer sk_test_1"])
    }

    /// A form, as the API takes it.
    mutating func post(_ path: String, _ form: String, key: String? = nil, method: String = "POST") -> SimulatedResponse
    {
        var headers = ["content-type": "application/x-www-form-urlencoded"]
        headers["idempotency-key"] = key
        var request = request(method, "/v1/\(path)", nil, headers)
        request.bytes = Array(form.utf8)
        request.body = SimulatedRequest.parseBody(request.bytes)
        return send(request)
    }

    mutating func pay(_ more: JSONObject = JSONObject()) -> String {
        let body = JSONObject([("amount", 14900), ("currency", "usd")]).merging(more)
        return control("POST", "/charges", .object(body)).document["id"].string ?? ""
    }
}

@Suite("Stripe")
struct StripeTests {
    typealias Account = SimulatorBundle<StripeSimulator>

    private func code(_ response: SimulatedResponse) -> String? { response.document["error"]["code"].string }

    @Test("forms only: a JSON body, an unknown and a doubled parameter are refused")
    func strict() {
        var account = Account.makeBundle()
        let charge = account.pay()
        let json = account.send("POST", "/v1/refunds", ["charge": .string(charge)])
        #expect(json.status == 400)
        #expect(code(account.post("refunds", "charge=\(charge)&colour=blue")) == "parameter_unknown")
        #expect(account.post("refunds", "charge=\(charge)&charge=\(charge)").status == 400)
        #expect(account.post("refunds", "charge=\(charge)&amount=1.5").status == 400)
        #expect(account.post("refunds", "charge=\(charge)&amount=0").status == 400)
        #expect(account.post("refunds", "charge=\(charge)&reason=because").status == 400)
        #expect(account.post("refunds", "charge=\(charge)&payment_intent=pi_1").status == 400)
        #expect(code(account.post("refunds", "amount=1")) == "parameter_missing")
        #expect(account.send("GET", "/v1/refunds", headers: ["authorization": "Bearer no"]).status == 401)
        #expect(account.state.refunds.isEmpty)
    }

    @Test("a key replays its first answer for a day, refuses other parameters, and is then forgotten")
    func idempotency() {
        var account = Account.makeBundle()
        let form = "charge=\(account.pay())&amount=100"
        let first = account.post("refunds", form, key: "k")
        let again = account.post("refunds", form, key: "k")
        #expect(again.document == first.document)
        #expect(again.header("Idempotent-Replayed") == "true")
        #expect(again.applied == false)
        let other = account.post("refunds", form + "1", key: "k")
        #expect(other.document["error"]["type"] == "idempotency_error")
        account.now += 24 * 3600
        #expect(account.post("refunds", form, key: "k").document["id"] != first.document["id"])
        #expect(account.state.refunds.count == 2)
    }

    @Test("a failure after the beginning is kept under its key; a refused check is not")
    func keptFailures() {
        var account = Account.makeBundle()
        let form = "charge=\(account.pay())&amount=100"
        _ = account.control("POST", "/break", ["times": 1])
        #expect(account.post("refunds", form, key: "k").status == 500)
        let replayed = account.post("refunds", form, key: "k")
        #expect(replayed.status == 500)
        #expect(replayed.header("Idempotent-Replayed") == "true")
        let unpaid = "charge=\(account.pay(JSONObject([("captured", false)])))"
        let refused = account.post("refunds", unpaid, key: "l")
        #expect(refused.status == 400)
        #expect(account.post("refunds", unpaid, key: "l").header("Idempotent-Replayed") == nil)
    }

    @Test("partial refunds go up to the charge; a failed one gives its amount back")
    func partial() {
        var account = Account.makeBundle()
        let charge = account.pay()
        let first = account.post("refunds", "charge=\(charge)&amount=10000").document
        #expect(account.post("refunds", "charge=\(charge)&amount=4901").status == 400)
        let rest = account.post("refunds", "charge=\(charge)").document
        #expect(rest["amount"] == 4900)
        #expect(code(account.post("refunds", "charge=\(charge)&amount=1")) == "charge_already_refunded")
        _ = account.control(
            "POST", "/refunds/\(first["id"].string ?? "")/settle",
            ["status": "failed", "failure_reason": "insufficient_funds"])
        #expect(account.send("GET", "/v1/charges/\(charge)").document["amount_refunded"] == 4900)
        #expect(account.topics.suffix(2) == ["refund.updated", "refund.failed"])
        #expect(account.post("refunds", "charge=\(charge)&amount=10000").status == 200)
    }

    @Test("a disputed charge is not refunded until the dispute is won")
    func disputes() {
        var account = Account.makeBundle()
        let charge = account.pay()
        let dispute = account.control("POST", "/charges/\(charge)/disputes", ["reason": "fraudulent"]).document
        #expect(account.topics.last == "charge.dispute.created")
        #expect(code(account.post("refunds", "charge=\(charge)")) == "charge_disputed")
        _ = account.control("POST", "/disputes/\(dispute["id"].string ?? "")/close", ["status": "won"])
        #expect(account.post("refunds", "charge=\(charge)").status == 200)
    }

    @Test("lists are given in pages, newest first")
    func pages() {
        var account = Account.makeBundle()
        let charge = account.pay()
        for _ in 0..<3 { _ = account.post("refunds", "charge=\(charge)&amount=1") }
        _ = account.post("refunds", "charge=\(account.pay())&amount=1")
        let first = account.send("GET", "/v1/refunds?charge=\(charge)&limit=2").document
        #expect(first["has_more"] == true)
        let last = first["data"][1]["id"].string ?? ""
        let second = account.send("GET", "/v1/refunds?charge=\(charge)&limit=2&starting_after=\(last)").document
        #expect(second["data"].array?.count == 1)
        #expect(second["has_more"] == false)
        #expect(account.send("GET", "/v1/refunds?limit=101").status == 400)
        #expect(account.send("GET", "/v1/refunds?starting_after=re_none").status == 404)
    }

    @Test("subscriptions end with their period or at once, and an ended one is not known to DELETE")
    func subscriptions() {
        var account = Account.makeBundle()
        let id = account.control("POST", "/subscriptions", [:]).document["id"].string ?? ""
        let set = account.post("subscriptions/\(id)", "cancel_at_period_end=true&cancellation_details[comment]=RMA")
        #expect(set.document["cancel_at_period_end"] == true)
        #expect(set.document["cancellation_details"]["comment"] == "RMA")
        #expect(account.post("subscriptions/\(id)", "cancel_at_period_end=maybe").status == 400)
        _ = account.control("POST", "/subscriptions/\(id)/end-period")
        #expect(account.topics == ["customer.subscription.updated", "customer.subscription.deleted"])
        #expect(code(account.post("subscriptions/\(id)", "", method: "DELETE")) == "resource_missing")
        #expect(account.send("GET", "/v1/subscriptions/\(id)").document["status"] == "canceled")
        #expect(account.send("GET", "/v1/subscriptions").document["data"] == [])
        #expect(account.send("GET", "/v1/subscriptions?status=all").document["data"].array?.count == 1)
    }

    @Test("the signature is the published one; an event names the request that caused it")
    func webhooks() {
        let body = Array(#"{"id":"evt_1QxTest","object":"event","type":"charge.refunded"}"#.utf8)
        #expect(
            StripeSimulator.signature(body, at: 1_772_619_330, secret: "whsec_example_endpoint_secret_1")
                == "cc2ce8d37c4cead2f6d4c92a81dc1b88f8e748a07c7a80830ee2420494236786")
        var account = Account.makeBundle()
        _ = account.post("refunds", "charge=\(account.pay())&amount=1", key: "rfd_1")
        let event = (try? JSONParser.parse(account.webhooks.last?.body ?? [])) ?? .null
        #expect(event["request"]["idempotency_key"] == "rfd_1")
        #expect(account.topics == ["payment_intent.succeeded", "refund.created", "charge.refunded"])
    }

    @Test("the account's rate is held")
    func limits() {
        var account = Account.makeBundle(bucket: 1)
        #expect(account.send("GET", "/v1/refunds").status == 200)
        let answer = account.send("GET", "/v1/refunds")
        #expect(answer.status == 429)
        #expect(code(answer) == "rate_limit")
        #expect(answer.header("stripe-should-retry") == "true")
    }
}
