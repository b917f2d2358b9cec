import Foundation

/// How parcels from one country come back: by which carrier, to which address, on which kind of label.
public struct ShipStationReturnRoute: Codable, Sendable, Equatable {
    public enum Strategy: String, Codable, Sendable, CaseIterable {
        /// A return label. ShipStation makes them within one country only.
        case returnLabel = "return_label"
        /// A normal label across a border, with a customs declaration.
        case customsLabel = "customs_label"
    }

    public var strategy: Strategy
    public var carrierID: String
    public var serviceCode: String
    public var packageCode: String
    /// Whether a code that the carrier takes in the place of paper is asked for beside the label.
    public var isPaperless: Bool
    /// Where the parcel goes.
    public var returnAddress: ShipStationAddress

    public enum CodingKeys: String, CodingKey {
        case strategy
        case carrierID = "carrier_id"
        case serviceCode = "service_code"
        case packageCode = "package_code"
        case isPaperless = "paperless"
        case returnAddress = "return_address"
    }

    public init(
        strategy: Strategy, carrierID: String, serviceCode: String, packageCode: String = "package",
        isPaperless: Bool = false, returnAddress: ShipStationAddress
    ) {
        self.strategy = strategy
        self.carrierID = carrierID
        self.serviceCode = serviceCode
        self.packageCode = packageCode
        self.isPaperless = isPaperless
        self.returnAddress = returnAddress
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        strategy = try container.decodeIfPresent(Strategy.self, forKey: .strategy) ?? .returnLabel
        carrierID = try container.required(.carrierID)
        serviceCode = try container.required(.serviceCode)
        packageCode = try container.optional(.packageCode) ?? "package"
        isPaperless = try container.optionalFlag(.isPaperless) ?? false
        returnAddress = try container.decode(ShipStationAddress.self, forKey: .returnAddress)
    }
}

extension ShipStationReturnRoute {
    /// The routes of the settings by country, each checked: a mistake here would send every label to the wrong place.
    static func routes<Key: CodingKey & RawRepresentable<String>>(
        in container: KeyedDecodingContainer<Key>, _ key: Key
    ) throws -> [String: ShipStationReturnRoute] {
        let routes = try read(container, key)
        for (country, route) in routes {
            func fail(_ text: String) -> SettingProblem {
                SettingProblem(key: key.rawValue, text: "of \(country) \(text)")
            }
            guard country.utf8.count == 2, country == country.uppercased() else {
                throw SettingProblem(key: key.rawValue, text: "must be named by ISO countries such as US and CA")
            }
            if let missing = route.returnAddress.missingField { throw fail("lack return_address.\(missing)") }
            let isDomestic = route.returnAddress.countryCode == country
            guard isDomestic || route.strategy == .customsLabel else {
                throw fail("cross a border, for which there are no return labels: set strategy customs_label")
            }
        }
        return routes
    }

    private static func read<Key: CodingKey & RawRepresentable<String>>(
        _ container: KeyedDecodingContainer<Key>, _ key: Key
    ) throws -> [String: ShipStationReturnRoute] {
        guard container.contains(key), try !container.decodeNil(forKey: key) else { return [:] }
        let malformed = SettingProblem(
            key: key.rawValue, text: "must be an object of routes with carrier_id, service_code and return_address")
        do {
            guard let text = try? container.decode(String.self, forKey: key) else {
                return try container.decode([String: ShipStationReturnRoute].self, forKey: key)
            }
            guard !text.isEmpty else { return [:] }
            return try ProviderJSON.decode([String: ShipStationReturnRoute].self, from: Array(text.utf8))
        } catch {
            throw malformed
        }
    }
}
