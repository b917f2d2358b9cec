import Foundation

@testable import ProviderSimulators

extension NetSuiteSettings {
    /// The credentials of the contract page.
    static let test = NetSuiteSettings(
        account: "1234567_SB1",
        consumerKey: "ck_7d1f9a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7",
        consumerSecret: "cs_0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
        tokenID: "tk_aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899",
        tokenSecret: "ts_99887766554433221100ffeeddccbbaa99887766554433221100ffeeddccbbaa")
}

/// The account behind a caller who signs every request with a fresh nonce.
struct NetSuiteBundle {
    var account = SimulatorBundle(NetSuiteSimulator(.test, idOffset: .pinned(0)))
    private var nonce = IDCounter(1)

    mutating func send(_ method: String, _ path: String, _ body: JSON? = nil, strict: Bool = true) -> SimulatedResponse
    {
        var headers = ["authorization": authorization(method, "/services/rest/\(path)")]
        headers["prefer"] = "transient"
        if strict { headers["x-netsuite-propertynamevalidation"] = "Error" }
        return account.send(method, "/services/rest/\(path)", body, headers: headers)
    }

    mutating func query(_ text: String, page: String = "") -> SimulatedResponse {
        send("POST", "query/v1/suiteql\(page)", ["q": .string(text)])
    }

    mutating func rows(_ text: String) -> [JSON] { query(text).document["items"].array ?? [] }

    /// Two lines: two robes, one slip. Answers the internal id.
    mutating func createOrder(externalID: String = "shopify-1") -> Int {
        let answer = send("POST", "record/v1/salesOrder", Self.order(externalID: externalID))
        return answer.header("Location")?.split(separator: "/").last.flatMap { Int($0) } ?? 0
    }

    mutating func order(_ id: Int) -> JSON {
        send("GET", "record/v1/salesOrder/\(id)?expandSubResources=true").document
    }

    static func order(externalID: String) -> JSON {
        [
            "entity": ["id": "107"], "externalId": .string(externalID), "orderStatus": ["id": "B"],
            "location": ["id": "1"], "currency": ["id": "1"], "shippingCost": 5, "discountRate": -10,
            "custbody_sent_to_3pl": false,
            "item": [
                "items": [
                    ["item": ["id": "9001"], "quantity": 2, "rate": 74.5.json, "price": ["id": "-1"]],
                    ["item": ["id": "9004"], "quantity": 1, "rate": 39, "price": ["id": "-1"]],
                ]
            ],
        ]
    }

    mutating func authorization(_ method: String, _ target: String) -> String {
        let nonce = "nonce\(nonce.take())"
        let request = account.request(method, target, nil, [:])
        let parameters: [SimulatedRequest.Field] = [
            .init(name: "oauth_consumer_key", value: NetSuiteSettings.test.consumerKey),
            .init(name: "oauth_nonce", value: nonce), .init(name: "oauth_signature_method", value: "HMAC-SHA256"),
            .init(name: "oauth_timestamp", value: String(Int(account.now.timeIntervalSince1970))),
            .init(name: "oauth_token", value: NetSuiteSettings.test.tokenID),
            .init(name: "oauth_version", value: "1.0"),
        ]
        let signature = OAuthSignature(
            method: method, url: request.origin + request.fullPath, parameters: request.query + parameters
        ).signature(
            consumerSecret: NetSuiteSettings.test.consumerSecret, tokenSecret: NetSuiteSettings.test.tokenSecret)
        let fields = parameters.map { "\($0.name)=\"\(PercentEncoding.encode($0.value))\"" }
        let realm = "realm=\"\(NetSuiteSettings.test.account)\""
        return "OAuth "
            + ([realm] + fields + ["oauth_signature=\"\(PercentEncoding.encode(signature))\""]).joined(separator: ", ")
    }
}
