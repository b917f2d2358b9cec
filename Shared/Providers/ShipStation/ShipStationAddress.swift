import Commerce

/// A postal address as ShipStation writes it.
public struct ShipStationAddress: Codable, Sendable, Equatable {
    public var name: String?
    public var companyName: String?
    public var phone: String?
    public var email: String?
    public var addressLine1: String
    public var addressLine2: String?
    public var addressLine3: String?
    public var cityLocality: String
    /// Two letters in the US and Canada.
    public var stateProvince: String
    public var postalCode: String
    /// ISO 3166-1 alpha-2.
    public var countryCode: String
    /// `unknown`, `yes` or `no`.
    public var residential: String?

    public init(
        name: String? = nil, companyName: String? = nil, phone: String? = nil, email: String? = nil,
        addressLine1: String, addressLine2: String? = nil, addressLine3: String? = nil, cityLocality: String,
        stateProvince: String, postalCode: String, countryCode: String, residential: String? = nil
    ) {
        self.name = name
        self.companyName = companyName
        self.phone = phone
        self.email = email
        self.addressLine1 = addressLine1
        self.addressLine2 = addressLine2
        self.addressLine3 = addressLine3
        self.cityLocality = cityLocality
        self.stateProvince = stateProvince
        self.postalCode = postalCode
        self.countryCode = countryCode
        self.residential = residential
    }

    private enum CodingKeys: String, CodingKey {
        case name, phone, email
        case companyName = "company_name"
        case addressLine1 = "address_line1"
        case addressLine2 = "address_line2"
        case addressLine3 = "address_line3"
        case cityLocality = "city_locality"
        case stateProvince = "state_province"
        case postalCode = "postal_code"
        case countryCode = "country_code"
        case residential = "address_residential_indicator"
    }

    /// The first field that a label needs and this address lacks.
    public var missingField: String? {
        if (name ?? "").isEmpty && (companyName ?? "").isEmpty { return "name" }
        let needed = [
            ("address_line1", addressLine1), ("city_locality", cityLocality), ("state_province", stateProvince),
            ("postal_code", postalCode), ("country_code", countryCode),
        ]
        return needed.first { $0.1.isEmpty }?.0
    }
}
