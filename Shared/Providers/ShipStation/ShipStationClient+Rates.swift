import Commerce

extension ShipStationClient {
    /// What the services of these carriers would cost for the shipment, cheapest first; those that cannot take it are
    /// left out. Changes nothing.
    public func rates(
        for shipment: ShipStationShipmentDraft, carrierIDs: [String], isReturn: Bool
    ) async throws(ProviderFailure) -> [ShipStationRate] {
        var shipment = shipment
        shipment.carrierID = nil
        shipment.serviceCode = nil
        let question = RateQuestion(options: .init(carrierIDs: carrierIDs, isReturn: isReturn), shipment: shipment)
        let body = try ProviderJSON.encode(question)
        // WHY: asked by POST, yet a question: repeating it is harmless.
        let answer = try await link.send(request("POST", "rates", body: body), .read, as: RatesAnswer.self)
        return answer.response.rates.filter(\.errors.isEmpty).sorted { left, right in
            (left.price?.minorUnits ?? .max, left.serviceCode) < (right.price?.minorUnits ?? .max, right.serviceCode)
        }
    }

    public func carriers() async throws(ProviderFailure) -> [ShipStationCarrier] {
        try await get("carriers", as: CarriersAnswer.self).carriers
    }

    public func services(ofCarrier id: String) async throws(ProviderFailure) -> [ShipStationService] {
        try await get("carriers/\(PercentEncoding.encode(id))/services", as: ServicesAnswer.self).services
    }

    /// What is wrong with the routes of the settings, judged by the account's own carriers: each a sentence for the
    /// person who set them. Empty when every route can be used.
    public func problemsOfReturnRoutes() async throws(ProviderFailure) -> [String] {
        var problems: [String] = []
        for (country, route) in settings.returnRoutes.sorted(by: { $0.key < $1.key }) {
            let services = try await services(ofKnownCarrier: route.carrierID)
            if let problem = route.problem(among: services) { problems.append("\(country): \(problem)") }
        }
        return problems
    }

    private func services(ofKnownCarrier id: String) async throws(ProviderFailure) -> [ShipStationService]? {
        try await find("carriers/\(PercentEncoding.encode(id))/services", as: ServicesAnswer.self)?.services
    }
}

extension ShipStationReturnRoute {
    fileprivate func problem(among services: [ShipStationService]?) -> String? {
        guard let services else { return "the account has no carrier \(carrierID)" }
        guard let service = services.first(where: { $0.code == serviceCode }) else {
            return "\(carrierID) has no service \(serviceCode)"
        }
        switch strategy {
        case .returnLabel: return service.supportsReturns ? nil : "\(serviceCode) makes no return labels"
        case .customsLabel: return service.isInternational ? nil : "\(serviceCode) does not cross borders"
        }
    }
}

public struct ShipStationCarrier: Sendable, Equatable, Decodable {
    public let id: String
    public let code: String
    public let name: String?

    private enum CodingKeys: String, CodingKey {
        case id = "carrier_id"
        case code = "carrier_code"
        case name = "friendly_name"
    }
}

public struct ShipStationService: Sendable, Equatable, Decodable {
    public let code: String
    public let name: String?
    public let isDomestic: Bool
    public let isInternational: Bool
    public let supportsReturns: Bool

    private enum CodingKeys: String, CodingKey {
        case name
        case code = "service_code"
        case isDomestic = "domestic"
        case isInternational = "international"
        case supportsReturns = "is_return_supported"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        code = try container.text(.code) ?? ""
        name = try container.nonEmptyText(.name)
        isDomestic = try container.flag(.isDomestic) ?? false
        isInternational = try container.flag(.isInternational) ?? false
        supportsReturns = try container.flag(.supportsReturns) ?? false
    }
}

private struct RateQuestion: Encodable {
    struct Options: Encodable {
        let carrierIDs: [String]
        let isReturn: Bool

        private enum CodingKeys: String, CodingKey {
            case carrierIDs = "carrier_ids"
            case isReturn = "is_return"
        }
    }

    let options: Options
    let shipment: ShipStationShipmentDraft

    private enum CodingKeys: String, CodingKey {
        case shipment
        case options = "rate_options"
    }
}

private struct RatesAnswer: Decodable {
    struct Response: Decodable {
        let rates: [ShipStationRate]
    }

    let response: Response

    private enum CodingKeys: String, CodingKey { case response = "rate_response" }
}

private struct CarriersAnswer: Decodable {
    let carriers: [ShipStationCarrier]
}

private struct ServicesAnswer: Decodable {
    let services: [ShipStationService]
}
