extension Address {
    /// What keeps a parcel from being sent here. The sentences name the fields, never their contents.
    var problems: [OrderProblem] {
        let required = [("street1", "street", street1), ("city", "city", city), ("country", "country", country)]
        let missing = required.filter { ($0.2 ?? "").isBlank }.map { field, name, _ in
            OrderProblem(
                .incompleteAddress, field: "shipping_address.\(field)",
                "The shipping address has no \(name); ask the customer for it and add it.")
        }
        return missing + countryProblems
    }

    private var countryProblems: [OrderProblem] {
        guard let country, !country.isBlank, !country.isCountryCode else { return [] }
        return [
            OrderProblem(
                .badCountry, field: "shipping_address.country",
                "The country of the shipping address is '\(country)'; write its two-letter ISO 3166 code, such as US.")
        ]
    }
}

extension String {
    fileprivate var isCountryCode: Bool {
        utf8.count == 2 && utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
}
