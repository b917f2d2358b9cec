/// A postal address as the warehouse writes it. Empty texts stand for nothing.
public struct DCLAddress: Codable, Sendable, Equatable {
    public var company: String?
    public var attention: String?
    public var address1: String?
    public var address2: String?
    public var city: String?
    public var stateProvince: String?
    public var postalCode: String?
    /// ISO 3166-1 alpha-2.
    public var countryCode: String?
    public var email: String?
    public var phone: String?

    public init(
        company: String? = nil, attention: String? = nil, address1: String? = nil, address2: String? = nil,
        city: String? = nil, stateProvince: String? = nil, postalCode: String? = nil, countryCode: String? = nil,
        email: String? = nil, phone: String? = nil
    ) {
        self.company = company
        self.attention = attention
        self.address1 = address1
        self.address2 = address2
        self.city = city
        self.stateProvince = stateProvince
        self.postalCode = postalCode
        self.countryCode = countryCode
        self.email = email
        self.phone = phone
    }

    private enum CodingKeys: String, CodingKey {
        case company, attention, address1, address2, city, email, phone
        case stateProvince = "state_province"
        case postalCode = "postal_code"
        case countryCode = "country_code"
    }
}
