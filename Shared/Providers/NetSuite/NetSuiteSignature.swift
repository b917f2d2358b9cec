import Crypto
import Foundation

/// Token-based authentication: OAuth 1.0a with HMAC-SHA256. Pure.
///
/// Signed are the method, the URL as it is sent and the parameters of its query; never the realm, never a JSON body.
struct NetSuiteSignature {
    let settings: NetSuiteSettings
    /// Never used twice.
    let nonce: String
    /// Seconds since 1970, real time.
    let timestamp: Int

    /// The value of the `Authorization` header.
    func authorization(method: String, url: String) -> String {
        let signature = ("oauth_signature", signature(method: method, url: url))
        let fields = oauthParameters + [signature]
        let realm = "realm=\"\(settings.account)\""
        return "OAuth " + ([realm] + fields.map { "\($0)=\"\(PercentEncoding.encode($1))\"" }).joined(separator: ", ")
    }

    func signature(method: String, url: String) -> String {
        let secrets = [settings.consumerSecret, settings.tokenSecret].map(PercentEncoding.encode)
        let key = SymmetricKey(data: Array(secrets.joined(separator: "&").utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array(baseString(method: method, url: url).utf8), using: key)
        return Data(code).base64EncodedString()
    }

    func baseString(method: String, url: String) -> String {
        let parts = url.split(separator: "?", maxSplits: 1)
        let parameters = oauthParameters + Self.parameters(ofQuery: parts.count == 2 ? parts[1] : "")
        let encoded = parameters.map { (PercentEncoding.encode($0), PercentEncoding.encode($1)) }
        let normalised = encoded.sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
        return [method, String(parts[0]), normalised].map(PercentEncoding.encode).joined(separator: "&")
    }

    private var oauthParameters: [(String, String)] {
        [
            ("oauth_consumer_key", settings.consumerKey), ("oauth_nonce", nonce),
            ("oauth_signature_method", "HMAC-SHA256"), ("oauth_timestamp", "\(timestamp)"),
            ("oauth_token", settings.tokenID), ("oauth_version", "1.0"),
        ]
    }

    private static func parameters(ofQuery query: Substring) -> [(String, String)] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (PercentEncoding.decode(parts[0]), PercentEncoding.decode(parts.count == 2 ? parts[1] : ""))
        }
    }
}
