import Commerce

extension ShipStationClient {
    /// Where the parcel of a label is.
    public func tracking(ofLabel id: String) async throws(ProviderFailure) -> ShipStationTracking {
        try await get("labels/\(PercentEncoding.encode(id))/track")
    }

    /// Where any parcel is, whoever made its label.
    /// - Parameter carrierCode: in ShipStation's words; see `ShipStationCarrierCode`.
    public func tracking(carrierCode: String, number: String) async throws(ProviderFailure) -> ShipStationTracking {
        try await get("tracking", query: [("carrier_code", carrierCode), ("tracking_number", number)])
    }

    /// Asks for a webhook at each scan of a parcel. Idempotent.
    public func startTracking(carrierCode: String, number: String) async throws(ProviderFailure) {
        let query = [("carrier_code", carrierCode), ("tracking_number", number)]
        _ = try await link.send(request("POST", "tracking/start", query: query), .write)
    }
}

/// ShipStation's codes of carriers.
public enum ShipStationCarrierCode {
    /// The code for tracking; nil for a carrier that ShipStation names in no way we know.
    public static func of(_ carrier: Carrier) -> String? {
        switch carrier {
        case .ups: "ups"
        case .fedEx: "fedex"
        case .usps: "stamps_com"
        case .canadaPost: "canada_post"
        case .dhlExpress: "dhl_express"
        }
    }

    /// The carrier behind a code, `stamps_com` among them; nil for one that nobody here knows.
    public static func carrier(of code: String) -> Carrier? {
        Carrier.allCases.first { of($0) == code } ?? Carrier(name: code)
    }
}
