import Commerce

/// A product that its owner registers, as the API takes it.
public struct RegistrationRequest: Codable, Sendable, Equatable {
    /// What shows that the owner has bought it.
    public struct Proof: Codable, Sendable, Equatable {
        public enum Kind: String, Codable, Sendable, CaseIterable {
            case receipt, invoice, gift
            case bankStatement = "bank_statement"
            case other
        }

        public var kind: Kind
        /// What stands on it: a number that the retailer finds it by.
        public var reference: String?
        public var retailer: String?
        /// Where a picture of it lies; never fetched, only shown to who decides.
        public var url: String?

        public init(kind: Kind, reference: String?, retailer: String?, url: String?) {
            self.kind = kind
            self.reference = reference
            self.retailer = retailer
            self.url = url
        }
    }

    public var sku: String
    public var serial: String
    public var email: String
    public var name: String?
    /// `YYYY-MM-DD`.
    public var purchasedOn: String
    /// The order of ours that brought it; the proof of purchase where there is none.
    public var orderID: String?
    public var proof: Proof?

    public init(sku: String, serial: String, email: String, purchasedOn: String, orderID: String?, proof: Proof?) {
        self.sku = sku
        self.serial = serial
        self.email = email
        self.purchasedOn = purchasedOn
        self.orderID = orderID
        self.proof = proof
    }

    enum CodingKeys: String, CodingKey {
        case sku, serial, email, name, proof
        case purchasedOn = "purchased_on"
        case orderID = "order_id"
    }
}

/// Whether anybody vouches for a registration.
public enum RegistrationStatus: String, Codable, Sendable, CaseIterable {
    /// An order of ours, or a person.
    case verified
    case unverified
    case rejected
}
