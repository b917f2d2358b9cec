import Crypto
import Foundation

/// OAuth 1.0a with HMAC-SHA256, as token-based authentication signs requests.
struct OAuthSignature: Sendable {
    var method: String
    /// Scheme, host and path as they were sent, without the query.
    var url: String
    /// Query parameters and `oauth_…` parameters, decoded; without `realm` and `oauth_signature`.
    var parameters: [SimulatedRequest.Field]

    /// `METHOD & enc(url) & enc(sorted parameters)`.
    var baseString: String {
        let encoded = parameters.map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
        let normalised = encoded.sorted { $0 < $1 }.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
        return [method.uppercased(), PercentEncoding.encode(url), PercentEncoding.encode(normalised)].joined(
            separator: "&")
    }

    func signature(consumerSecret: String, tokenSecret: String) -> String {
        let key = "\(PercentEncoding.encode(consumerSecret))&\(PercentEncoding.encode(tokenSecret))"
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(baseString.utf8), using: SymmetricKey(data: Data(key.utf8)))
        return Data(code).base64EncodedString()
    }
}

/// The parts of an `Authorization: OAuth …` header, decoded.
struct OAuthHeader: Sendable {
    private let values: [String: String]

    init?(_ text: String?) {
        guard let text, text.hasPrefix("OAuth ") else { return nil }
        var values: [String: String] = [:]
        for part in text.dropFirst("OAuth ".count).split(separator: ",") {
            let pair = part.trimmingCharacters(in: .whitespaces).split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[1].count >= 2, pair[1].hasPrefix("\""), pair[1].hasSuffix("\"") else {
                return nil
            }
            values[String(pair[0])] = PercentEncoding.decode(pair[1].dropFirst().dropLast())
        }
        self.values = values
    }

    subscript(name: String) -> String? { values[name] }

    /// What is signed: everything but the realm and the signature itself.
    var signedParameters: [SimulatedRequest.Field] {
        values.filter { $0.key != "realm" && $0.key != "oauth_signature" }
            .map { SimulatedRequest.Field(name: $0.key, value: $0.value) }
    }
}
