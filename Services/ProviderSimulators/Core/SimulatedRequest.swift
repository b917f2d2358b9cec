import Foundation

/// One request as a provider sees it.
struct SimulatedRequest: Sendable {
    struct Field: Sendable, Equatable {
        var name: String
        var value: String
    }

    enum Body: Sendable, Equatable {
        case empty
        case json(JSON)
        /// Bytes that are not a JSON document.
        case other
    }

    var method: String
    /// Scheme and host that the client used: `http://127.0.0.1:8080`.
    var origin: String
    /// The path exactly as it was sent, still percent-encoded, with the provider's prefix.
    var fullPath: String
    /// `fullPath` without the prefix.
    var path: String
    /// Decoded, in the order in which they were sent.
    var query: [Field]
    /// Names in lower case.
    var headers: [Field]
    var bytes: [UInt8]
    var body: Body
    /// When the request arrived.
    var now: Date
}

extension SimulatedRequest {
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The JSON document of the body; `null` when there is none.
    var json: JSON { if case .json(let value) = body { value } else { .null } }

    /// The prefix that was removed: `/netsuite`.
    var prefix: String { String(fullPath.dropLast(path.count)) }

    /// The same request, seen below a prefix.
    func removingPrefix(_ prefix: String) -> SimulatedRequest {
        var copy = self
        copy.path = String(path.dropFirst(prefix.count))
        return copy
    }

    static func parseQuery(_ text: String) -> [Field] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? parts[1] : ""
            return Field(name: decodeForm(parts[0]), value: decodeForm(value))
        }
    }

    private static func decodeForm(_ text: Substring) -> String {
        PercentEncoding.decode(text.split(separator: "+", omittingEmptySubsequences: false).joined(separator: " "))
    }

    static func parseBody(_ bytes: [UInt8]) -> Body {
        guard !bytes.isEmpty else { return .empty }
        guard let document = try? JSONParser.parse(bytes) else { return .other }
        return .json(document)
    }
}
