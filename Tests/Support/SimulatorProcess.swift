import Foundation
import HTTPTransport
import Synchronization

/// The providers' stand-ins, as a process of their own on a port of their own.
///
/// Found through `STATESET_TEST_BIN`, the folder of the built executables.
public final class SimulatorProcess: Sendable {
    public static let folder = ProcessInfo.processInfo.environment["STATESET_TEST_BIN"]

    public let url: String
    private let stop: @Sendable () -> Void
    private let http = CurlHTTPClient()

    /// - Parameter limits: `STATESET_SIM_…`, how patient the providers are.
    public init(limits: [String: String]) async throws {
        let process = Process()
        process.executableURL = URL(filePath: Self.folder ?? "").appending(path: "provider-simulators")
        process.environment = Self.environment.merging(limits) { $1 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let kill: @Sendable () -> Void = { [identifier = process.processIdentifier] in
            _ = Foundation.kill(identifier, SIGKILL)
        }
        stop = kill
        let lines = AsyncStream<String> { stream in
            let rest = Mutex("")
            output.fileHandleForReading.readabilityHandler = { handle in
                let text = String(decoding: handle.availableData, as: UTF8.self)
                guard !text.isEmpty else { return stream.finish() }
                rest.withLock { rest in
                    var parts = (rest + text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                    rest = parts.popLast() ?? ""
                    for part in parts { stream.yield(part) }
                }
            }
        }
        for await line in lines {
            guard let json = try? JSON(parsing: Array(line.utf8)), json.message.string == "listening",
                let port = json.port.string
            else { continue }
            url = "http://127.0.0.1:\(port)"
            return
        }
        kill()
        throw Unstartable()
    }

    public struct Unstartable: Error {}

    public func end() async {
        stop()
        await http.shutdown()
    }

    /// Calls the control surface: `control("GET", "/_sim/dcl/state")`.
    @discardableResult
    public func control(_ method: String, _ path: String, _ body: String? = nil) async throws -> JSON {
        let response = try await http.send(
            HTTPRequest(
                method: method, url: url + path, headers: [("content-type", "application/json")],
                body: body.map { Array($0.utf8) }))
        guard response.isSuccess else { throw Unexpected(status: response.status, path: path) }
        return try JSON(parsing: response.body.isEmpty ? Array("null".utf8) : response.body)
    }

    public struct Unexpected: Error {
        public let status: Int
        public let path: String
    }

    /// Settings of the accounts that the simulators know, as JSON; `extra` begins with a comma.
    public func settings(_ provider: String, _ extra: String = "") -> [UInt8] {
        let own =
            switch provider {
            case "shopify":
                #""shop":"mienne","base_url":"\#(url)/shopify","access_token":"token","webhook_secrets":["secret"]"#
            case "netsuite":
                #""account":"1","base_url":"\#(url)/netsuite","consumer_key":"a","consumer_secret":"b","token_id":"c","#
                    + #""token_secret":"d","location_id":"1","cash_sale":true"#
            case "shipstation":
                #""base_url":"\#(url)/shipstation/v2","api_key":"shipstation-key","webhook_tokens":["secret"]"#
            case "gorgias":
                #""domain":"mienne","base_url":"\#(url)/gorgias","username":"ops@example.com","#
                    + #""api_key":"gorgias-key","from_address":"support@mienne.com","webhook_tokens":["secret"]"#
            case "zendesk":
                #""subdomain":"mienne","base_url":"\#(url)/zendesk","email":"ops@example.com","#
                    + #""api_token":"zendesk-token","webhook_secrets":["secret"]"#
            case "stripe":
                #""base_url":"\#(url)/stripe/v1","secret_key":"sk_test_1","webhook_secrets":["whsec_secret"]"#
            case "recharge":
                #""base_url":"\#(url)/recharge","access_token":"recharge-token","client_secrets":["secret"]"#
            case "quickbooks":
                #""base_url":"\#(url)/quickbooks","oauth_url":"\#(url)/quickbooks/oauth2/v1/tokens/bearer","#
                    + #""realm_id":"4620816365","client_id":"app","client_secret":"secret","refresh_token":"first","#
                    + #""verifier_tokens":["secret"],"deposit_account_id":"35","refund_item_id":"13","#
                    + #""default_customer_id":"58""#
            default:
                #""base_url":"\#(url)/dcl/api/v1","account_number":"10501","username":"u","password":"p","#
                    + #""location":"FR","shipping_carrier":"UPS","shipping_service":"GROUND","webhook_tokens":["secret"]"#
            }
        return Array("{\(own)\(extra)}".utf8)
    }

    private static let environment = [
        "STATESET_SHIPSTATION_API_KEY": "shipstation-key", "STATESET_SHIPSTATION_WEBHOOK_SECRET": "secret",
        "STATESET_STRIPE_SECRET_KEY": "sk_test_1", "STATESET_STRIPE_WEBHOOK_SECRET": "whsec_secret",
        "STATESET_GORGIAS_USERNAME": "ops@example.com", "STATESET_GORGIAS_API_KEY": "gorgias-key",
        "STATESET_GORGIAS_FROM_ADDRESS": "support@mienne.com", "STATESET_GORGIAS_WEBHOOK_SECRET": "secret",
        "STATESET_ZENDESK_EMAIL": "ops@example.com", "STATESET_ZENDESK_API_TOKEN": "zendesk-token",
        "STATESET_ZENDESK_WEBHOOK_SECRET": "secret",
        "STATESET_RECHARGE_ACCESS_TOKEN": "recharge-token", "STATESET_RECHARGE_CLIENT_SECRET": "secret",
        "STATESET_QUICKBOOKS_REALM_ID": "4620816365", "STATESET_QUICKBOOKS_CLIENT_ID": "app",
        "STATESET_QUICKBOOKS_CLIENT_SECRET": "secret", "STATESET_QUICKBOOKS_REFRESH_TOKEN": "first",
        "STATESET_QUICKBOOKS_VERIFIER_TOKEN": "secret",
        "STATESET_HTTP_PORT": "0", "STATESET_GATEWAY_URL": "http://127.0.0.1:9", "STATESET_WORKSPACE": "ws_1",
        "STATESET_SHOPIFY_SHOP": "mienne", "STATESET_SHOPIFY_ACCESS_TOKEN": "token",
        "STATESET_SHOPIFY_WEBHOOK_SECRET": "secret", "STATESET_NETSUITE_ACCOUNT": "1",
        "STATESET_NETSUITE_CONSUMER_KEY": "a", "STATESET_NETSUITE_CONSUMER_SECRET": "b",
        "STATESET_NETSUITE_TOKEN_ID": "c", "STATESET_NETSUITE_TOKEN_SECRET": "d",
        "STATESET_DCL_ACCOUNT_NUMBER": "10501", "STATESET_DCL_USERNAME": "u", "STATESET_DCL_PASSWORD": "p",
        "STATESET_DCL_WEBHOOK_SECRET": "secret", "STATESET_SIM_ID_OFFSET": "0",
    ]
}
