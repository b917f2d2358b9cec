import Foundation
import Testing

@testable import Providers

@Suite("NetSuite signatures")
struct SignatureTests {
    private let base = "https://1234567-sb1.suitetalk.api.netsuite.com/services/rest"

    private func signature(_ nonce: String, _ timestamp: Int) throws -> NetSuiteSignature {
        NetSuiteSignature(settings: try netSuiteSettings(), nonce: nonce, timestamp: timestamp)
    }

    @Test("example A: a plain POST")
    func plain() throws {
        let signature = try signature("Zr8QmT4vLk2Xw9Yb", 1_772_619_330)
        let url = "\(base)/record/v1/salesOrder"
        #expect(
            signature.baseString(method: "POST", url: url)
                == "POST&https%3A%2F%2F1234567-sb1.suitetalk.api.netsuite.com%2Fservices%2Frest%2Frecord%2Fv1"
                + "%2FsalesOrder&oauth_consumer_key%3D"
                + "ck_7d1f9a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7%26oauth_nonce%3D"
                + "Zr8QmT4vLk2Xw9Yb%26oauth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D1772619330%26"
                + "oauth_token%3Dtk_aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899%26"
                + "oauth_version%3D1.0")
        #expect(
            signature.authorization(method: "POST", url: url)
                == "OAuth realm=\"1234567_SB1\", oauth_consumer_key=\""
                + "ck_7d1f9a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7\", "
                + "oauth_nonce=\"Zr8QmT4vLk2Xw9Yb\", oauth_signature_method=\"HMAC-SHA256\", "
                + "oauth_timestamp=\"1772619330\", "
                + "oauth_token=\"tk_aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899\", "
                + "oauth_version=\"1.0\", oauth_signature=\"9e5h9FfUGVP8YUlB4uCVKzcbNpW2p5%2F9mYoKC9pxrzI%3D\"")
    }

    @Test("example B: the parameters of the query are signed")
    func query() throws {
        let signature = try signature("Zr8QmT4vLk2Xw9Yc", 1_772_619_331)
        #expect(
            signature.signature(method: "POST", url: "\(base)/query/v1/suiteql?limit=1000&offset=2000")
                == "rxfDXhweJfhMi+lB/gySe+ukSxMV9sWV0dHQQfNEg7E=")
    }

    @Test("example C: the exclamation mark of a transformation is signed as it is sent")
    func transformation() throws {
        let signature = try signature("Zr8QmT4vLk2Xw9Yd", 1_772_619_332)
        let url = "\(base)/record/v1/salesOrder/98431/!transform/itemFulfillment"
        #expect(signature.baseString(method: "POST", url: url).contains("98431%2F%21transform%2FitemFulfillment"))
        #expect(signature.signature(method: "POST", url: url) == "e6HqiZ8ByDOJpe4G7S6lfHyyQ3TXoF5gwCxrGYygMdo=")
    }

    @Test("the live signer never repeats a nonce")
    func nonces() throws {
        let settings = try netSuiteSettings()
        let headers = (0..<50).map { _ in
            NetSuiteSigner.live.authorization(settings: settings, method: "GET", url: base)
        }
        let nonces = headers.compactMap { $0.split(separator: "oauth_nonce=\"").last?.prefix { $0 != "\"" } }
        #expect(Set(nonces).count == 50)
        #expect(nonces.allSatisfy { $0.count == 32 })
    }
}
