/// The carriers that the account has.
extension ShipStationCarrier {
    static let account: [ShipStationCarrier] = [ups, usps, fedEx, canadaPost]

    private static let ups = ShipStationCarrier(
        id: "se-123890", code: "ups", name: "UPS", origins: ["US", "CA"], needsPhone: true,
        chargesOn: "on_carrier_acceptance",
        services: [
            .init(
                code: "ups_ground", name: "UPS® Ground", supportsMultiple: true, baseCents: 725, perPoundCents: 100,
                days: 5),
            .init(code: "ups_2nd_day_air", name: "UPS 2nd Day Air®", baseCents: 1940, perPoundCents: 200, days: 2),
            .init(
                code: "ups_standard_international", name: "UPS® Standard", isInternational: true,
                supportsReturns: false, baseCents: 1780, perPoundCents: 150, days: 6),
        ], trackingURL: "https://www.ups.com/track?tracknum=")

    private static let usps = ShipStationCarrier(
        id: "se-123891", code: "stamps_com", name: "USPS", origins: ["US"], chargesOn: "on_creation",
        services: [
            .init(
                code: "usps_ground_advantage", name: "USPS Ground Advantage", isPaperless: true, baseCents: 510,
                perPoundCents: 90, days: 4),
            .init(code: "usps_priority_mail", name: "USPS Priority Mail", baseCents: 820, perPoundCents: 120, days: 2),
            .init(
                code: "usps_media_mail", name: "USPS Media Mail", supportsReturns: false, baseCents: 413,
                perPoundCents: 70,
                days: 7),
            .init(
                code: "usps_first_class_mail_international", name: "USPS First-Class Mail Intl",
                isInternational: true, supportsReturns: false, baseCents: 1535, perPoundCents: 400, days: 10),
        ], trackingURL: "https://tools.usps.com/go/TrackConfirmAction?tLabels=")

    private static let fedEx = ShipStationCarrier(
        id: "se-123892", code: "fedex", name: "FedEx", origins: ["US", "CA"], needsPhone: true,
        chargesOn: "on_carrier_acceptance",
        services: [
            .init(
                code: "fedex_ground", name: "FedEx Ground®", supportsMultiple: true, baseCents: 790, perPoundCents: 100,
                days: 4),
            .init(
                code: "fedex_ground_international", name: "FedEx International Ground®", isInternational: true,
                supportsReturns: false, baseCents: 1820, perPoundCents: 140, days: 5),
        ], trackingURL: "https://www.fedex.com/fedextrack/?trknbr=")

    private static let canadaPost = ShipStationCarrier(
        id: "se-123893", code: "canada_post", name: "Canada Post", origins: ["CA"], chargesOn: "on_creation",
        services: [
            .init(
                code: "canada_post_expedited_parcel", name: "Canada Post Expedited Parcel", baseCents: 1130,
                perPoundCents: 110,
                days: 4),
            .init(
                code: "canada_post_regular_parcel", name: "Canada Post Regular Parcel", baseCents: 995,
                perPoundCents: 100,
                days: 7),
            .init(
                code: "canada_post_expedited_parcel_usa", name: "Canada Post Expedited Parcel USA",
                isInternational: true, supportsReturns: false, baseCents: 1675, perPoundCents: 190, days: 7),
        ],
        trackingURL: "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor=")

    /// Charged in the currency of where it begins.
    var currency: String { origins == ["CA"] ? "cad" : "usd" }
}
