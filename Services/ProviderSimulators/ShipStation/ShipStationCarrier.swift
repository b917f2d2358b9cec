import Foundation

/// A carrier account, and what it can do.
struct ShipStationCarrier: Sendable {
    struct Service: Sendable {
        var code: String
        var name: String
        var isInternational = false
        var supportsReturns = true
        var supportsMultiple = false
        /// Whether a code does in the place of paper.
        var isPaperless = false
        /// What a parcel costs, and each pound of it.
        var baseCents: Int
        var perPoundCents: Int
        var days: Int
    }

    var id: String
    var code: String
    var name: String
    /// Where its parcels may begin.
    var origins: Set<String>
    var needsPhone = false
    var chargesOn: String
    var services: [Service]
    var trackingURL: String
    /// An error code that every label meets, set by hand: `insufficient_funds`, `carrier_disconnected`, `unknown`.
    var refusal: String?

    func json() -> JSON {
        [
            "carrier_id": .string(id), "carrier_code": .string(code), "account_number": "test_\(code)".json,
            "requires_funded_amount": .bool(code == "stamps_com"), "balance": refusal == "insufficient_funds" ? 0 : 500,
            "nickname": .string(name), "friendly_name": .string(name), "primary": false,
            "has_multi_package_supporting_services": .bool(services.contains(where: \.supportsMultiple)),
            "supports_label_messages": true, "services": .array(services.map { $0.json(self) }),
        ]
    }
}

extension ShipStationCarrier.Service {
    func json(_ carrier: ShipStationCarrier) -> JSON {
        [
            "carrier_id": .string(carrier.id), "carrier_code": .string(carrier.code), "service_code": .string(code),
            "name": .string(name), "domestic": .bool(!isInternational), "international": .bool(isInternational),
            "is_multi_package_supported": .bool(supportsMultiple), "is_return_supported": .bool(supportsReturns),
        ]
    }

    func price(pounds: Decimal) -> Decimal {
        ((Decimal(baseCents) + Decimal(perPoundCents) * pounds) / 100).rounded(to: 2)
    }
}

extension String {
    var json: JSON { .string(self) }
}
