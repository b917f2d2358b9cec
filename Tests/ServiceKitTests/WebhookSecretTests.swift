import Commerce
import Testing

@testable import ServiceKit

/// Vectors: the Standard Webhooks reference libraries, and two computed with Python's `hmac`.
@Suite("The signature of outgoing webhooks")
struct WebhookSecretTests {
    private static let event = """
        {"type":"return.refunded","timestamp":"2026-03-04T10:15:30.000000Z","data":{"id":"ret_01HV7Z",\
        "refund_amount":"149.00","currency":"USD"}}
        """

    @Test(
        "it is that of the reference libraries",
        arguments: [
            (
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330,
                #"{"test": 2432232314}"#, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
            ),
            (
                "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=", "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W",
                1_772_619_330, event, "v1,xKwmRcavhXDjTcQ9MJb3UOwNTZ7zR/KtLEL5vxf5A14="
            ),
            (
                "whsec_ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1+f4CBgoM=", "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W",
                1_772_619_330, event, "v1,YQRPgb9N3KUiPG7Y5EYqjPiyMwWUZ3qHYlwbJQ2ycyk="
            ),
        ])
    func vectors(secret: String, id: String, timestamp: Int, body: String, signature: String) throws {
        let secret = try #require(WebhookSecret(secret))
        #expect(secret.signature(id: id, timestamp: timestamp, body: Array(body.utf8)) == signature)
    }

    @Test("what is no secret is refused", arguments: ["", "whsec_", "whsec_AQID", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
    func malformed(text: String) {
        #expect(WebhookSecret(text) == nil)
    }

    @Test("a new one has 32 bytes, is like no other, can be sealed and does not print itself")
    func fresh() throws {
        let secret = WebhookSecret()
        #expect(secret != WebhookSecret())
        #expect(WebhookSecret(secret.reveal()) == secret)
        #expect("\(secret)" == "redacted" && !String(reflecting: secret).contains(secret.reveal()))
        let box = SecretBox(try SecretKeys(parsing: "k1:AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="))
        let workspace = WorkspaceID()
        let sealed = try secret.sealed(in: box, for: workspace)
        #expect(try WebhookSecret(opening: sealed, in: box, of: workspace) == secret)
        #expect(throws: SecretBoxError.self) { try WebhookSecret(opening: sealed, in: box, of: WorkspaceID()) }
    }
}
