/// Who ordered. Personal data: prints as redacted.
public struct Customer: Equatable, Sendable {
    public var email: String?
    public var name: String?
    public var phone: String?
    /// The customer's id at the shop.
    public var externalID: String?
    /// At the shop; nil where they are not known.
    public var tags: [String]?
    /// The language of whoever ordered, as a ``LanguageTag`` writes it; nil where it is not known.
    public var locale: String?

    public init(
        email: String? = nil, name: String? = nil, phone: String? = nil, externalID: String? = nil,
        tags: [String]? = nil, locale: String? = nil
    ) {
        self.email = email
        self.name = name
        self.phone = phone
        self.externalID = externalID
        self.tags = tags
        self.locale = locale
    }
}

extension Customer: Codable {
    enum CodingKeys: String, CodingKey {
        case email, name, phone, tags, locale
        case externalID = "external_id"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            email: try container.lenientText(.email),
            name: try container.lenientText(.name),
            phone: try container.lenientText(.phone),
            externalID: try container.lenientText(.externalID),
            tags: try container.decodeIfPresent([String].self, forKey: .tags),
            // What is no language, whatever its shape, is not known: no order is refused for it.
            locale: (try? container.decodeIfPresent(String.self, forKey: .locale)).flatMap { LanguageTag($0)?.text })
    }
}

extension Customer: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Customer(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
