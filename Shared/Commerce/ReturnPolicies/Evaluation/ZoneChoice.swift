/// The zone of a return: that of the country the goods are sent from.
struct ZoneChoice {
    let zone: ReturnZone?
    /// Its place in the policy.
    let index: Int?
    /// The country it was chosen by; nil when it is not known.
    let country: String?
    /// Whether the country is where the order was shipped to, for want of a better knowledge.
    let isAssumed: Bool

    init(_ zones: [ReturnZone], _ facts: ReturnFacts) {
        let country = (facts.request.shipFromCountry ?? facts.order.shippingCountry)?.uppercased()
        self.country = country
        isAssumed = facts.request.shipFromCountry == nil && country != nil
        let named = country.flatMap { country in zones.firstIndex { $0.countries.contains(country) } }
        index = named ?? zones.firstIndex(where: \.isRestOfWorld)
        zone = index.map { zones[$0] }
    }

    var setting: String { index.map { "zones[\($0)]" } ?? "zones" }

    var explanation: PolicyExplanation {
        let place = country ?? "an unknown country"
        let origin = isAssumed ? "where the order was shipped to" : "where the goods are sent from"
        guard let zone else {
            return PolicyExplanation(
                "zone", "none", setting: setting,
                staff: "No zone takes returns from \(place), and there is none for the rest of the world.")
        }
        let why = country == nil ? "as the country is not known" : "\(place) is \(origin)"
        return PolicyExplanation("zone", zone.id, setting: setting, staff: "Zone \(zone.id): \(why).")
    }
}
