import Foundation
import Testing

@testable import ProviderSimulators

@Suite("OAuth 1.0a")
struct OAuthTests {
    private static let host = "https://1234567-sb1.suitetalk.api.netsuite.com/services/rest"

    @Test(
        "the signatures of the contract page come out",
        arguments: [
            (
                "/record/v1/salesOrder", [], "Zr8QmT4vLk2Xw9Yb", "1772619330",
                "9e5h9FfUGVP8YUlB4uCVKzcbNpW2p5/9mYoKC9pxrzI="
            ),
            (
                "/query/v1/suiteql", ["limit=1000", "offset=2000"], "Zr8QmT4vLk2Xw9Yc", "1772619331",
                "rxfDXhweJfhMi+lB/gySe+ukSxMV9sWV0dHQQfNEg7E="
            ),
            (
                "/record/v1/salesOrder/98431/!transform/itemFulfillment", [], "Zr8QmT4vLk2Xw9Yd", "1772619332",
                "e6HqiZ8ByDOJpe4G7S6lfHyyQ3TXoF5gwCxrGYygMdo="
            ),
        ])
    func vectors(path: String, query: [String], nonce: String, timestamp: String, expected: String) {
        let settings = NetSuiteSettings.test
        let signature = OAuthSignature(
            method: "POST", url: Self.host + path,
            parameters: SimulatedRequest.parseQuery(query.joined(separator: "&")) + [
                .init(name: "oauth_consumer_key", value: settings.consumerKey),
                .init(name: "oauth_nonce", value: nonce),
                .init(name: "oauth_signature_method", value: "HMAC-SHA256"),
                .init(name: "oauth_timestamp", value: timestamp), .init(name: "oauth_token", value: settings.tokenID),
                .init(name: "oauth_version", value: "1.0"),
            ])
        #expect(
            signature.signature(consumerSecret: settings.consumerSecret, tokenSecret: settings.tokenSecret) == expected)
    }

    @Test("a nonce is good for one request")
    func nonce() {
        var bundle = NetSuiteBundle()
        let path = "/services/rest/record/v1/salesOrder"
        let header = bundle.authorization("GET", path)
        #expect(bundle.account.send("GET", path, headers: ["authorization": header]).status == 200)
        let again = bundle.account.send("GET", path, headers: ["authorization": header])
        #expect(again.status == 401)
        #expect(again.document["o:errorDetails"][0]["o:errorCode"] == "INVALID_LOGIN")
    }

    @Test("an old timestamp, another path, another realm and no header are refused")
    func refusals() {
        var bundle = NetSuiteBundle()
        let path = "/services/rest/record/v1/salesOrder"
        let old = bundle.authorization("GET", path)
        bundle.account.now += 301
        #expect(bundle.account.send("GET", path, headers: ["authorization": old]).status == 401)
        let good = bundle.authorization("GET", path)
        #expect(bundle.account.send("GET", path + "?limit=1", headers: ["authorization": good]).status == 401)
        let realm = good.replacing("1234567_SB1", with: "1234567-sb1")
        #expect(bundle.account.send("GET", path, headers: ["authorization": realm]).status == 401)
        #expect(bundle.account.send("GET", path).status == 401)
        #expect(bundle.account.send("GET", path, headers: ["authorization": good]).status == 200)
    }
}
