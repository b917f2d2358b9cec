import Commerce

/// Where a parcel is, and every scan on its way.
public struct ShipStationTracking: Sendable, Equatable {
    public struct Event: Sendable, Equatable {
        /// RFC 3339; the carrier's own time of the scan.
        public let occurredAt: String?
        public let statusCode: String?
        public let statusDetailCode: String?
        public let description: String?
        public let city: String?
        public let stateProvince: String?
        public let countryCode: String?
    }

    public let trackingNumber: String
    /// `UN`, `AC`, `IT`, `DE`, `EX`, `AT`, `NY`, `SP`, or something newer.
    public let statusCode: String?
    public let statusDetailCode: String?
    public let statusDescription: String?
    public let shippedAt: String?
    public let estimatedDelivery: String?
    public let deliveredAt: String?
    /// As they came.
    public let events: [Event]

    /// The status in our words; nil for one we do not know, which changes nothing.
    public var state: TrackingState? {
        TrackingState(source: .shipEngine, status: statusCode, detail: statusDetailCode)
    }
}

extension ShipStationTracking.Event {
    /// The scan in our words; nil for a code we do not know.
    public var state: TrackingState? {
        TrackingState(source: .shipEngine, status: statusCode, detail: statusDetailCode)
    }
}

extension ShipStationTracking: Decodable {
    private enum CodingKeys: String, CodingKey {
        case events
        case trackingNumber = "tracking_number"
        case statusCode = "status_code"
        case statusDetailCode = "status_detail_code"
        case statusDescription = "status_description"
        case shippedAt = "ship_date"
        case estimatedDelivery = "estimated_delivery_date"
        case deliveredAt = "actual_delivery_date"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        trackingNumber = try container.text(.trackingNumber) ?? ""
        statusCode = try container.nonEmptyText(.statusCode)
        statusDetailCode = try container.nonEmptyText(.statusDetailCode)
        statusDescription = try container.nonEmptyText(.statusDescription)
        shippedAt = try container.nonEmptyText(.shippedAt)
        estimatedDelivery = try container.nonEmptyText(.estimatedDelivery)
        deliveredAt = try container.nonEmptyText(.deliveredAt)
        events = try container.list(.events)
    }
}

extension ShipStationTracking.Event: Decodable {
    private enum CodingKeys: String, CodingKey {
        case description
        case occurredAt = "occurred_at"
        case statusCode = "status_code"
        case statusDetailCode = "status_detail_code"
        case city = "city_locality"
        case stateProvince = "state_province"
        case countryCode = "country_code"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        occurredAt = try container.nonEmptyText(.occurredAt)
        statusCode = try container.nonEmptyText(.statusCode)
        statusDetailCode = try container.nonEmptyText(.statusDetailCode)
        description = try container.nonEmptyText(.description)
        city = try container.nonEmptyText(.city)
        stateProvince = try container.nonEmptyText(.stateProvince)
        countryCode = try container.nonEmptyText(.countryCode)
    }
}
