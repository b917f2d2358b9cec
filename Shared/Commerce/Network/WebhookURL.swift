/// The address of somebody's endpoint, checked as far as that goes without asking a name server.
///
/// Source: OWASP SSRF prevention. What a name resolves to is checked before every call (``WebhookURL/vet(_:)``).
public struct WebhookURL: Hashable, Sendable {
    /// As it was given.
    public let text: String
    /// In lower case and without a dot at its end; an IPv6 address without brackets.
    public let host: String
    public let port: Int
    /// One of the targets that are allowed whatever they are.
    public let isAllowedAnyway: Bool

    // LIMIT: what servers and proxies take as a request line with room to spare.
    private static let bytesMax = 2048
    private static let ports: Set = [443, 8443]
    /// Names that never leave a machine or a site.
    private static let localNames: Set = [
        "localhost", "local", "internal", "home.arpa", "localdomain", "lan", "intranet",
    ]

    /// - Parameter allowed: `host:port` of targets that may be called although they are local and plain http.
    public init(_ text: String, allowed: Set<String> = []) throws(WebhookURLProblem) {
        guard text.utf8.count <= Self.bytesMax else { throw .init("It is longer than \(Self.bytesMax) bytes.") }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else {
            throw .init("It must be visible ASCII without blanks and backslashes; write other names in punycode.")
        }
        let parts = try URLParts(text)
        self.text = text
        host = parts.host
        port = parts.port ?? (parts.scheme == "https" ? 443 : 80)
        isAllowedAnyway = allowed.contains("\(host):\(port)")
        guard !isAllowedAnyway else { return }
        guard parts.scheme == "https" else { throw .init("It must begin with https://.") }
        guard Self.ports.contains(port) else { throw .init("Its port must be 443 or 8443.") }
        try Self.check(host: host)
    }

    private static func check(host: String) throws(WebhookURLProblem) {
        if let address = IPAddress(host) { return try check(address) }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard host.utf8.count <= 253, labels.allSatisfy(isLabel) else { throw .init("'\(host)' is not a host name.") }
        guard let last = labels.last, !last.allSatisfy(\.isNumber), !last.hasPrefix("0x") else {
            throw .init("'\(host)' is an address in an odd form.")
        }
        let isLocal = labels.indices.contains { localNames.contains(labels[$0...].joined(separator: ".")) }
        guard labels.count > 1, !isLocal else { throw .init("'\(host)' is not a name of the public internet.") }
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private static func check(_ address: IPAddress) throws(WebhookURLProblem) {
        guard let block = AddressBlock.forbidding(address) else { return }
        throw .init("\(address) is not an address of the public internet (\(block.name)).")
    }

    /// Passes only when there are addresses and every one of them may be called: one that may not gives a name away
    /// that could answer differently the next time.
    public func vet(_ addresses: [IPAddress]) throws(WebhookURLProblem) {
        guard !addresses.isEmpty else { throw .init("'\(host)' has no address.") }
        guard !isAllowedAnyway else { return }
        for address in addresses { try Self.check(address) }
    }
}

/// Why an endpoint cannot be called. One sentence, for the one who set it up.
public struct WebhookURLProblem: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
