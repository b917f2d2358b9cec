/// What ShipStation posts when a parcel was scanned. A hint: read the tracking again before acting on it.
public struct ShipStationNotification: Sendable, Equatable, Decodable {
    /// `API_TRACK`, or something else.
    public let resourceType: String?
    public let trackingNumber: String?
    /// Of the resource's own address; nil when it does not tell.
    public let carrierCode: String?
    /// As the body brings it; nil for other resources.
    public let tracking: ShipStationTracking?

    private enum CodingKeys: String, CodingKey {
        case data
        case resourceURL = "resource_url"
        case resourceType = "resource_type"
    }

    /// Failure: `DecodingError` for a body that is no JSON object of this kind.
    public init(json: [UInt8]) throws {
        self = try ProviderJSON.decode(ShipStationNotification.self, from: json)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        resourceType = try container.nonEmptyText(.resourceType)
        tracking = try? container.decodeIfPresent(ShipStationTracking.self, forKey: .data)
        // WHY: the address is never fetched; anybody could write one that leads elsewhere.
        let query = Self.query(of: try container.nonEmptyText(.resourceURL) ?? "")
        carrierCode = query["carrier_code"]
        let number = tracking?.trackingNumber ?? ""
        trackingNumber = number.isEmpty ? query["tracking_number"] : number
    }

    private static func query(of url: String) -> [String: String] {
        let parts = url.split(separator: "?", maxSplits: 1)
        guard parts.count == 2 else { return [:] }
        let pairs = parts[1].split(separator: "&").compactMap { pair -> (String, String)? in
            let sides = pair.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { return nil }
            return (PercentEncoding.decode(String(sides[0])), PercentEncoding.decode(String(sides[1])))
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}
