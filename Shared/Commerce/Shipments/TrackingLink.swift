import Foundation

/// The page on which a person can follow a package.
public struct TrackingLink: Hashable, Sendable {
    public let url: String

    /// Nil for an empty number and for a carrier whose page is not known.
    public init?(carrier: Carrier, number: String) {
        let number = number.filter { !$0.isWhitespace }
        guard !number.isEmpty, let prefix = Self.prefixes[carrier] else { return nil }
        guard let escaped = number.addingPercentEncoding(withAllowedCharacters: .alphanumerics) else { return nil }
        url = prefix + escaped
    }

    /// The carrier in the words of a warehouse or shop.
    public init?(carrierName: String, number: String) {
        guard let carrier = Carrier(name: carrierName) else { return nil }
        self.init(carrier: carrier, number: number)
    }

    private static let prefixes: [Carrier: String] = [
        .ups: "https://www.ups.com/track?tracknum=",
        .fedEx: "https://www.fedex.com/fedextrack/?trknbr=",
        .usps: "https://tools.usps.com/go/TrackConfirmAction?tLabels=",
        .canadaPost: "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor=",
    ]
}
