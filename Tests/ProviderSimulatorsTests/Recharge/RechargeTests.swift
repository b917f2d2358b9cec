import Foundation
import Testing

@testable import ProviderSimulators

extension SimulatorBundle where State == RechargeSimulator {
    static func makeBundle(bucket: Double = 1000) -> Self {
        let settings = RechargeSettings(
            accessToken: "token", clientSecret: "rc_client_secret_4b1f0c7a92",
            webhookURL: "http://gateway.test/webhooks/recharge/ws_1", bucketSize: bucket)
        return Self(
            RechargeSimulator(settings, idOffset: .pinned(0)),
            headers: [
                "x-recharge-access-token": "token", "x-recharge-version": "2021-11",
                "content-type": "application/json",
            ])
    }

    mutating func subscribe(_ body: JSON = [:]) -> Int {
        control("POST", "/subscriptions", body).document["id"].int ?? 0
    }
}

@Suite("Recharge")
struct RechargeTests {
    typealias Store = SimulatorBundle<RechargeSimulator>

    @Test("a cancellation needs its reason, keeps to its fields, and is made once")
    func cancel() {
        var store = Store.makeBundle()
        let path = "/subscriptions/\(store.subscribe())/cancel"
        let missing = store.send("POST", path, [:])
        #expect(missing.status == 422)
        #expect(missing.document["errors"]["cancellation_reason"] == ["Missing data for required field."])
        #expect(store.send("POST", path, ["cancellation_reason": "x", "colour": "blue"]).status == 422)
        let long = String(repeating: "y", count: 1025)
        let body: JSON = ["cancellation_reason": "x", "cancellation_reason_comments": .string(long)]
        #expect(store.send("POST", path, body).status == 422)
        let done = store.send("POST", path, ["cancellation_reason": "Returned", "send_email": false]).document
        #expect(done["subscription"]["status"] == "cancelled")
        #expect(done["subscription"]["next_charge_scheduled_at"].isNull)
        #expect(done["subscription"]["has_queued_charges"] == false)
        #expect(store.send("POST", path, ["cancellation_reason": "Again"]).status == 422)
        #expect(store.topics == ["subscription/created", "subscription/cancelled"])
    }

    @Test("without the version the answer has the old version's names and capitals")
    func versions() {
        var store = Store.makeBundle()
        let id = store.subscribe()
        store.headers["x-recharge-version"] = nil
        let old = store.send("GET", "/subscriptions/\(id)").document["subscription"]
        #expect(old["status"] == "ACTIVE")
        #expect(old["shopify_variant_id"].string != nil)
        store.headers["x-recharge-version"] = "1999-01"
        #expect(store.send("GET", "/subscriptions/\(id)").status == 400)
        store.headers["x-recharge-access-token"] = "no"
        #expect(store.send("GET", "/subscriptions/\(id)").status == 401)
    }

    @Test("lists go on by cursor, which nothing else may stand beside")
    func pages() {
        var store = Store.makeBundle()
        let ids = (0..<3).map { _ in store.subscribe() }
        let first = store.send("GET", "/subscriptions?status=active&limit=2").document
        let cursor = PercentEncoding.encode(first["next_cursor"].string ?? "")
        let second = store.send("GET", "/subscriptions?cursor=\(cursor)&limit=2").document
        #expect(second["subscriptions"].array?.map { $0["id"] } == [.int(ids[2])])
        #expect(second["next_cursor"].isNull)
        #expect(store.send("GET", "/subscriptions?cursor=\(cursor)&status=active").status == 422)
        #expect(store.send("GET", "/subscriptions?limit=251").status == 422)
    }

    @Test("a charge is refunded up to what it took")
    func refunds() {
        var store = Store.makeBundle()
        _ = store.subscribe()
        let id = store.send("GET", "/charges").document["charges"][0]["id"].int ?? 0
        #expect(store.send("POST", "/charges/\(id)/refund", ["amount": "1.00"]).status == 422)
        _ = store.control("POST", "/charges/\(id)/process", ["order_id": "5678901234567"])
        #expect(store.send("POST", "/charges/\(id)/refund", ["amount": 1]).status == 422)
        let part = store.send("POST", "/charges/\(id)/refund", ["amount": "20.00"]).document["charge"]
        #expect(part["status"] == "partially_refunded")
        #expect(part["external_order_id"]["ecommerce"] == "5678901234567")
        #expect(store.send("POST", "/charges/\(id)/refund", ["amount": "5.00"]).status == 422)
        let rest = store.send("POST", "/charges/\(id)/refund", ["full_refund": true]).document["charge"]
        #expect(rest["total_refunds"] == "24.90")
        #expect(rest["status"] == "refunded")
        #expect(store.state.refunds.count == 2)
    }

    @Test("both codes are the published ones")
    func signatures() {
        let body = Array(#"{"subscription":{"id":482011,"status":"cancelled","price":"24.90"}}"#.utf8)
        let secret = "rc_client_secret_4b1f0c7a92"
        #expect(
            RechargeSimulator.signature(body, at: 1_772_619_330, secret: secret)
                == "bf076f20a44edfb905d3475a18da7ba5f6bef0b17adbc7f77d6372819e5dbddc")
        #expect(
            RechargeSimulator.legacySignature(body, secret: secret)
                == "bf6679891f1e88a122803caafa9477e0ac45caab82d04d059ec0f06180594d07")
    }

    @Test("the token's rate is held")
    func limits() {
        var store = Store.makeBundle(bucket: 1)
        #expect(store.send("GET", "/customers").status == 200)
        let answer = store.send("GET", "/customers")
        #expect(answer.status == 429)
        #expect(answer.document["warning"] == "too many requests")
    }
}
