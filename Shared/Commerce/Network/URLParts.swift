import Foundation

/// Scheme, host and port of an absolute URL. Anything unusual is refused rather than understood.
struct URLParts {
    let scheme: String
    let host: String
    let port: Int?

    init(_ text: String) throws(WebhookURLProblem) {
        guard let end = text.range(of: "://") else {
            throw .init("It must be an absolute URL that begins with https://.")
        }
        scheme = text[..<end.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { throw .init("It must begin with https://.") }
        let rest = text[end.upperBound...]
        guard !rest.contains("#") else { throw .init("It must have no fragment ('#…').") }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else { throw .init("It must hold no user name and password.") }
        guard !authority.contains("%") else { throw .init("Its host must not be percent-encoded.") }
        let (name, port) = try Self.split(authority)
        let trimmed = name.hasSuffix(".") ? name.dropLast() : name
        guard !trimmed.isEmpty else { throw .init("It has no host.") }
        host = trimmed.lowercased()
        self.port = port
    }

    private static func split(_ authority: Substring) throws(WebhookURLProblem) -> (Substring, Int?) {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw .init("Its host is malformed.") }
            let name = authority[authority.index(after: authority.startIndex)..<end]
            guard IPAddress(String(name))?.isIPv6 == true else { throw .init("Its host is malformed.") }
            return (name, try port(authority[authority.index(after: end)...]))
        }
        guard let colon = authority.firstIndex(of: ":") else { return (authority, nil) }
        return (authority[..<colon], try port(authority[colon...]))
    }

    private static func port(_ text: Substring) throws(WebhookURLProblem) -> Int? {
        guard !text.isEmpty else { return nil }
        let digits = text.dropFirst()
        guard text.first == ":", (1...5).contains(digits.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits), (1...65_535).contains(port)
        else { throw .init("Its port is malformed.") }
        return port
    }
}
