/// A postal address. Personal data: prints as redacted.
public struct Address: Equatable, Sendable {
    public var name: String?
    public var company: String?
    public var street1: String?
    public var street2: String?
    public var city: String?
    /// State or province, as a code where the country has codes.
    public var region: String?
    public var postalCode: String?
    /// ISO 3166-1 alpha-2, e.g. `US`.
    public var country: String?
    public var phone: String?

    public init(
        name: String? = nil, company: String? = nil, street1: String? = nil, street2: String? = nil,
        city: String? = nil, region: String? = nil, postalCode: String? = nil, country: String? = nil,
        phone: String? = nil
    ) {
        self.name = name
        self.company = company
        self.street1 = street1
        self.street2 = street2
        self.city = city
        self.region = region
        self.postalCode = postalCode
        self.country = country
        self.phone = phone
    }
}

extension Address: Codable {
    enum CodingKeys: String, CodingKey {
        case name, company, street1, street2, city, region, country, phone
        case postalCode = "postal_code"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try container.lenientText(.name), company: try container.lenientText(.company),
            street1: try container.lenientText(.street1), street2: try container.lenientText(.street2),
            city: try container.lenientText(.city), region: try container.lenientText(.region),
            postalCode: try container.lenientText(.postalCode), country: try container.lenientText(.country),
            phone: try container.lenientText(.phone))
    }
}

extension Address: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Address(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
