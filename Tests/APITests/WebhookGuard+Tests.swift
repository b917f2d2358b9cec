import Commerce
import HTTPTransport
import ServiceKit

@testable import API

extension WebhookGuard {
    /// Names resolve as their first label says; `unknown.…` does not.
    static let forTests = WebhookGuard(
        secrets: SecretBox(testKeys), allowed: ["127.0.0.1:24002"],
        resolve: { host in
            switch host.split(separator: ".").first {
            case "inside": ["10.1.2.3"]
            case "mixed": ["93.184.216.34", "127.0.0.1"]
            case "unknown": throw HTTPTransportError(code: .resolve, message: "no such name", wasSent: false)
            default: ["93.184.216.34"]
            }
        })

    private static let testKeys: SecretKeys = {
        guard let keys = try? SecretKeys(parsing: "k1:AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=") else {
            preconditionFailure("the keys of the tests are malformed")
        }
        return keys
    }()
}
