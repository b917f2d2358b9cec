import Commerce

/// How the shop's customer follows a package.
public struct ShopifyTracking: Sendable, Equatable, Encodable {
    public let number: String
    /// One of Shopify's own carrier names where the carrier is known, because only those get a link from the shop.
    public let company: String?
    public let url: String?

    /// From the words of the warehouse; a carrier nobody knows keeps its name and has no link.
    public init(number: String, carrierName: String?) {
        let carrier = carrierName.flatMap(Carrier.init(name:))
        self.number = number
        company = carrier.map(Self.company) ?? carrierName.flatMap { $0.isEmpty ? nil : $0 }
        url = carrier.flatMap { TrackingLink(carrier: $0, number: number)?.url }
    }

    private static func company(_ carrier: Carrier) -> String {
        switch carrier {
        case .ups: "UPS"
        case .usps: "USPS"
        case .fedEx: "FedEx"
        case .canadaPost: "Canada Post"
        case .dhlExpress: "DHL Express"
        }
    }
}
