import Foundation

/// A shipment as it was asked for, checked.
struct ShipStationShipment: Sendable {
    let json: JSONObject
    let externalID: String?
    let origin: String
    let destination: String
    let parcels: [JSON]
    /// Of all parcels together.
    let pounds: Decimal
    let hasCustoms: Bool
    let shipToPhone: String?

    var isInternational: Bool { origin != destination }
}

extension ShipStationShipment {
    private static let members: Set<String> = [
        "carrier_id", "service_code", "external_shipment_id", "external_order_id", "shipment_number", "ship_date",
        "confirmation", "ship_from", "ship_to", "return_to", "packages", "customs", "validate_address", "warehouse_id",
        "insurance_provider", "advanced_options", "items", "tags",
    ]
    private static let confirmations: Set<String> = [
        "none", "delivery", "signature", "adult_signature", "direct_signature", "delivery_mailed",
    ]
    // The provider's own bound.
    private static let externalIDMax = 50

    init(_ fields: StrictFields) throws {
        try fields.allow(Self.members)
        json = fields.object
        externalID = try fields.text("external_shipment_id", max: Self.externalIDMax)
        _ = try fields.choice("confirmation", of: Self.confirmations)
        origin = try Self.country(try fields.requiredNested("ship_from"))
        let shipTo = try fields.requiredNested("ship_to")
        destination = try Self.country(shipTo)
        shipToPhone = try shipTo.text("phone")
        let packages = try fields.list("packages")
        guard !packages.isEmpty else { throw fields.refuse("\(fields.path)packages", .missing) }
        pounds = try packages.map(Self.pounds).reduce(0, +)
        parcels = packages.map { .object($0.object) }
        hasCustoms = try Self.customs(fields)
    }

    /// Checks an address; answers its country.
    private static func country(_ fields: StrictFields) throws -> String {
        try fields.allow([
            "name", "company_name", "phone", "email", "address_line1", "address_line2", "address_line3",
            "city_locality", "state_province", "postal_code", "country_code", "address_residential_indicator",
            "instructions", "geolocation",
        ])
        if try (fields.text("name") ?? "").isEmpty, try (fields.text("company_name") ?? "").isEmpty {
            throw fields.refuse("\(fields.path)name", .missing)
        }
        for name in ["address_line1", "city_locality"] { _ = try fields.requiredText(name) }
        for name in ["phone", "email", "address_line2", "address_line3"] { _ = try fields.text(name) }
        _ = try fields.choice("address_residential_indicator", of: ["unknown", "yes", "no"])
        let country = try fields.requiredText("country_code")
        guard country.wholeMatch(of: /[A-Z]{2}/) != nil else {
            throw fields.refuse("\(fields.path)country_code", .wrong("must be an ISO code of two letters"))
        }
        try checkPlace(fields, country)
        return country
    }

    private static func checkPlace(_ fields: StrictFields, _ country: String) throws {
        let state = try fields.requiredText("state_province")
        let code = try fields.requiredText("postal_code")
        let isGood =
            switch country {
            case "US": code.wholeMatch(of: /[0-9]{5}(-[0-9]{4})?/) != nil
            case "CA": code.wholeMatch(of: /[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]/) != nil
            default: true
            }
        guard isGood else {
            throw Refusal.shipStation(
                400, "invalid_address", "\(code) is not a postal code of \(country).",
                field: "\(fields.path)postal_code")
        }
        guard !["US", "CA"].contains(country) || state.wholeMatch(of: /[A-Z]{2}/) != nil else {
            throw Refusal.shipStation(
                400, "invalid_address", "\(state) is not a state or province of \(country).",
                field: "\(fields.path)state_province")
        }
    }

    private static func pounds(_ parcel: StrictFields) throws -> Decimal {
        try parcel.allow([
            "package_code", "package_id", "package_name", "weight", "dimensions", "insured_value", "label_messages",
            "external_package_id", "content_description",
        ])
        _ = try parcel.text("package_code")
        if let size = try parcel.nested("dimensions") {
            try size.allow(["unit", "length", "width", "height"])
            _ = try size.choice("unit", of: ["inch", "centimeter"])
            for side in ["length", "width", "height"] { _ = try positive(size, side) }
        }
        if let messages = try parcel.nested("label_messages") {
            try messages.allow(["reference1", "reference2", "reference3"])
            for name in messages.object.keys { _ = try messages.text(name) }
        }
        let weight = try parcel.requiredNested("weight")
        try weight.allow(["value", "unit"])
        let value = try positive(weight, "value")
        switch try weight.choice("unit", of: ["pound", "ounce", "gram", "kilogram"]) {
        case "ounce": return value / 16
        case "gram": return value * 1000 / 453_592
        case "kilogram": return value * 1_000_000 / 453_592
        case "pound": return value
        default: throw weight.refuse("\(weight.path)unit", .missing)
        }
    }

    private static func positive(_ fields: StrictFields, _ name: String) throws -> Decimal {
        guard let value = try fields.number(name) else { throw fields.refuse(fields.path + name, .missing) }
        guard value > 0 else { throw fields.refuse(fields.path + name, .wrong("must be above zero")) }
        return value
    }

    /// Whether there is a declaration with at least one item.
    private static func customs(_ fields: StrictFields) throws -> Bool {
        guard let customs = try fields.nested("customs") else { return false }
        try customs.allow(["contents", "non_delivery", "customs_items", "contents_explanation", "terms_of_trade_code"])
        _ = try customs.choice(
            "contents", of: ["merchandise", "documents", "gift", "returned_goods", "sample", "other"])
        _ = try customs.choice("non_delivery", of: ["treat_as_abandoned", "return_to_sender"])
        let items = try customs.list("customs_items")
        for item in items {
            try item.allow([
                "description", "quantity", "value", "value_currency", "harmonized_tariff_code", "country_of_origin",
                "sku", "unit_of_measure", "weight",
            ])
            _ = try item.requiredText("description")
            guard let quantity = try item.whole("quantity"), quantity > 0 else {
                throw item.refuse("\(item.path)quantity", .wrong("must be a whole number above zero"))
            }
            _ = try item.number("value")
            for name in ["value_currency", "harmonized_tariff_code", "country_of_origin", "sku"] {
                _ = try item.text(name)
            }
        }
        return !items.isEmpty
    }
}
