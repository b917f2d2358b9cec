import HTTPTransport

/// The server that a workspace's mails leave through, and what they say of their sender.
public struct SMTPSettings: ProviderSettings {
    public static let provider = "smtp"
    public static let secretKeys: Set<String> = ["password"]
    public static let keys = CodingKeys.allCases.map(\.rawValue)

    public var host: String
    public var port: Int
    public var security: MailSubmission.Security
    /// Nil for a server that asks for no login.
    public var username: String?
    public var password: String?
    public var from: MailAddress
    public var replyTo: MailAddress?
    /// The envelope's sender, which bounces go to; the From address when left out.
    public var bounceAddress: MailAddress?
    /// Where notices to the workspace's own people go, such as an endpoint that is to be switched off; nil for nowhere.
    public var operators: MailAddress?
    /// The language that customers are written to in, such as `fr`, where a mail's own is not known; English when left out.
    public var locale: String?
    /// Tries of one command before it is given up on; nil for the platform's own number.
    public var attemptsMax: Int?

    public enum CodingKeys: String, CodingKey, CaseIterable {
        case host, port, security, username, password, locale
        case from = "from_address"
        case fromName = "from_name"
        case replyTo = "reply_to"
        case bounceAddress = "bounce_address"
        case operators = "operators_address"
        case attemptsMax = "attempts_max"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        host = try container.required(.host)
        let name = try container.optional(.security) ?? MailSubmission.Security.startTLS.rawValue
        guard let security = MailSubmission.Security(rawValue: name) else {
            throw SettingProblem(key: CodingKeys.security.rawValue, text: "must be tls, starttls or none")
        }
        guard security != .none || host == "127.0.0.1" || host == "localhost" else {
            throw SettingProblem(
                key: CodingKeys.security.rawValue, text: "must be tls or starttls for a server on another machine")
        }
        self.security = security
        port = try container.positive(.port) ?? (security == .tls ? 465 : 587)
        username = try container.optional(.username)
        password = try container.optional(.password)
        from = try container.address(.from, name: container.optional(.fromName))
        replyTo = try container.optionalAddress(.replyTo)
        bounceAddress = try container.optionalAddress(.bounceAddress)
        operators = try container.optionalAddress(.operators)
        locale = try container.optional(.locale)
        guard locale?.wholeMatch(of: /[a-z]{2}([-_][A-Za-z]{2})?/) != nil || locale == nil else {
            throw SettingProblem(key: CodingKeys.locale.rawValue, text: "must be a language such as en, fr or fr-CA")
        }
        attemptsMax = try container.positive(.attemptsMax)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(host, forKey: .host)
        try container.encode(port, forKey: .port)
        try container.encode(security.rawValue, forKey: .security)
        try container.encodeIfPresent(username, forKey: .username)
        try container.encodeIfPresent(password, forKey: .password)
        try container.encode(from.address, forKey: .from)
        try container.encodeIfPresent(from.name, forKey: .fromName)
        try container.encodeIfPresent(replyTo?.address, forKey: .replyTo)
        try container.encodeIfPresent(bounceAddress?.address, forKey: .bounceAddress)
        try container.encodeIfPresent(operators?.address, forKey: .operators)
        try container.encodeIfPresent(locale, forKey: .locale)
        try container.encodeIfPresent(attemptsMax, forKey: .attemptsMax)
    }
}

extension KeyedDecodingContainer where Key == SMTPSettings.CodingKeys {
    fileprivate func address(_ key: Key, name: String?) throws -> MailAddress {
        guard let address = MailAddress(try required(key), name: name) else {
            throw SettingProblem(key: key.rawValue, text: "must be an e-mail address, with a name without line breaks")
        }
        return address
    }

    fileprivate func optionalAddress(_ key: Key) throws -> MailAddress? {
        guard try optional(key) != nil else { return nil }
        return try address(key, name: nil)
    }
}
