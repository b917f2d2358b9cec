import Commerce

/// What somebody claims under a warranty, as the API takes it.
public struct WarrantyRequest: Codable, Sendable, Equatable {
    /// A picture of the fault; never fetched, only shown to who decides.
    public struct Evidence: Codable, Sendable, Equatable {
        public var url: String

        public init(url: String) { self.url = url }
    }

    /// The order that brought the goods: by our id, or by its number together with its customer's address. Not given
    /// for goods of a registration.
    public var orderID: String?
    public var orderNumber: String?
    public var email: String?
    public var registrationID: String?
    /// Which line of the order, by its id or, where only one line has it, by its SKU.
    public var lineID: String?
    public var sku: String?
    /// One when left out.
    public var quantity: Int?
    /// One of the kinds that the terms cover.
    public var problem: String
    /// In the customer's words.
    public var description: String?
    public var evidence: [Evidence]?
    /// Wished; the plan's first when left out.
    public var remedy: WarrantyRemedy?
    /// Where the parcel is sent from; the order's shipping address when left out.
    public var shipFrom: Address?
    /// Where new or mended goods go; where the parcel comes from when left out.
    public var shipTo: Address?
    /// The ticket of a helpdesk that the claim is talked about in.
    public var helpdesk: ReturnRequest.Helpdesk?
    /// The language that the customer is written to in, such as `fr-CA`; that of who ordered when left out.
    public var locale: String?

    public init(orderID: String?, registrationID: String? = nil, sku: String?, quantity: Int? = nil, problem: String) {
        self.orderID = orderID
        self.registrationID = registrationID
        self.sku = sku
        self.quantity = quantity
        self.problem = problem
    }

    enum CodingKeys: String, CodingKey {
        case email, sku, quantity, problem, description, evidence, remedy, helpdesk, locale
        case orderID = "order_id"
        case orderNumber = "order_number"
        case registrationID = "registration_id"
        case lineID = "line_id"
        case shipFrom = "ship_from"
        case shipTo = "ship_to"
    }
}

/// A parcel that goes to the customer: mended goods, or goods that are sent back as they came.
public struct OutgoingParcel: Codable, Sendable, Equatable {
    public var trackingNumber: String
    public var carrier: String?

    public init(trackingNumber: String, carrier: String?) {
        self.trackingNumber = trackingNumber
        self.carrier = carrier
    }

    enum CodingKeys: String, CodingKey {
        case carrier
        case trackingNumber = "tracking_number"
    }
}
