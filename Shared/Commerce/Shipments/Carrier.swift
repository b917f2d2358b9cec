/// A carrier whose tracking pages we know.
public enum Carrier: String, Hashable, Sendable, CaseIterable, Codable {
    case ups
    case fedEx = "fedex"
    case usps
    case canadaPost = "canada_post"
    case dhlExpress = "dhl_express"

    /// Recognises a carrier in the words of a warehouse or shop, e.g. `UPS Ground`, `FEDEX`, `Canada Post - Expedited`.
    public init?(name: String) {
        let letters = name.lowercased().filter { $0.isLetter }
        guard let found = Self.beginnings.first(where: { letters.hasPrefix($0.letters) }) else { return nil }
        self = found.carrier
    }

    /// As people know it: `USPS`, `Canada Post`.
    public var title: String {
        switch self {
        case .ups: "UPS"
        case .fedEx: "FedEx"
        case .usps: "USPS"
        case .canadaPost: "Canada Post"
        case .dhlExpress: "DHL Express"
        }
    }

    private static let beginnings: [(letters: String, carrier: Carrier)] = [
        ("usps", .usps), ("unitedstatespostal", .usps), ("ups", .ups), ("unitedparcel", .ups), ("fedex", .fedEx),
        ("federalexpress", .fedEx), ("canadapost", .canadaPost), ("dhl", .dhlExpress),
    ]
}
