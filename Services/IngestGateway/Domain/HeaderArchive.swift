import Messaging
import Postgres

/// The headers of a request as they are kept: credentials and signatures replaced, names in lower case.
enum HeaderArchive {
    static let replacement = "redacted"

    /// A header is kept secret when its name has one of these in it: `X-Shopify-Hmac-Sha256`, `X-Webhook-Token`, …
    private static let sensitive = [
        "authorization", "signature", "hmac", "token", "secret", "cookie", "api-key", "apikey", "password",
    ]

    /// Repeated headers are joined with a comma, as RFC 9110 (5.3) allows.
    static func redacted(_ headers: [(name: String, value: String)]) -> [String: String] {
        var kept: [String: String] = [:]
        for header in headers {
            let name = header.name.lowercased()
            let value = isSensitive(name) ? replacement : header.value
            kept[name] = kept[name].map { $0 == replacement ? $0 : "\($0), \(value)" } ?? value
        }
        return kept
    }

    /// Written by hand: a general encoder took a twentieth of all that a webhook costs.
    static func json(_ headers: [String: String]) -> JSONB {
        // LIMIT: what the headers of an ordinary webhook take; more costs a second allocation.
        var json = JSONText(capacity: 1_024)
        json.append("{")
        for (index, header) in headers.enumerated() {
            if index > 0 { json.append(",") }
            json.append(text: header.key)
            json.append(":")
            json.append(text: header.value)
        }
        json.append("}")
        return JSONB(bytes: json.bytes)
    }

    /// Compares bytes: a search by characters took an eighth of all that a webhook costs.
    private static func isSensitive(_ name: String) -> Bool {
        let name = Array(name.utf8)
        return sensitiveBytes.contains { word in
            name.count >= word.count && (0...(name.count - word.count)).contains { name[$0...].starts(with: word) }
        }
    }

    private static let sensitiveBytes = sensitive.map { Array($0.utf8) }
}
