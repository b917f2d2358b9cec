/// A postal address as NetSuite writes it.
public struct NetSuiteAddress: Codable, Sendable, Equatable {
    public var addressee: String?
    public var attention: String?
    public var addr1: String?
    public var addr2: String?
    public var city: String?
    public var state: String?
    public var zip: String?
    public var country: NetSuiteReference?
    public var addrPhone: String?

    public init(
        addressee: String? = nil, attention: String? = nil, addr1: String? = nil, addr2: String? = nil,
        city: String? = nil, state: String? = nil, zip: String? = nil, country: NetSuiteReference? = nil,
        addrPhone: String? = nil
    ) {
        self.addressee = addressee
        self.attention = attention
        self.addr1 = addr1
        self.addr2 = addr2
        self.city = city
        self.state = state
        self.zip = zip
        self.country = country
        self.addrPhone = addrPhone
    }
}
