import Foundation

/// The door of the API: key, rate, then the endpoint.
extension ShipStationSimulator {
    mutating func respond(to request: SimulatedRequest) -> SimulatedResponse {
        let answer = admit(request)
        guard answer.status >= 400, var body = answer.document.object, body["errors"] != nil else { return answer }
        body["request_id"] = .string(requestNumber.takeUUID(prefix: "7b80b28f-80d2-4175-ad99"))
        var numbered = answer
        numbered.body = .json(.object(body))
        return numbered
    }

    private mutating func admit(_ request: SimulatedRequest) -> SimulatedResponse {
        guard request.path.hasPrefix("/v2/") else { return Refusal.shipStationNotFound(request.path).response }
        guard request.header("api-key") == settings.apiKey else {
            return Refusal.shipStation(401, "unauthorized", "The API key is invalid.", type: "security").response
        }
        guard bucket.admit(now: request.now) else {
            return Refusal.shipStation(429, "rate_limit_exceeded", "The request limit was exceeded.", type: "system")
                .response.adding("Retry-After", String(Int(max(1, bucket.wait()).rounded(.up))))
        }
        let inner = request.removingPrefix("/v2")
        switch Self.routes.match(inner) {
        case .unknown: return Refusal.shipStationNotFound(request.path).response
        case .wrongMethod:
            return Refusal.shipStation(405, "unspecified", "\(request.method) is not allowed here.").response
        case .found: break
        }
        guard inner.body != .other else {
            return Refusal.shipStation(400, "invalid_field_value", "The body is not valid JSON.").response
        }
        return Self.routes.answer(inner, &self) ?? Refusal.shipStationNotFound(request.path).response
    }

    static let routes = RouteTable<ShipStationSimulator>([
        Route("POST", "labels") { try $0.createLabel($1) },
        Route("GET", "labels") { try $0.listLabels($1) },
        Route("GET", "labels/external_shipment_id/{id}") { try $0.showLabelByExternalID($1) },
        Route("POST", "labels/rates/{id}") { try $0.createLabelFromRate($1) },
        Route("GET", "labels/{id}") { .json($0.json(try $0.label($1["id"]))) },
        Route("POST", "labels/{id}/return") { try $0.createReturnLabel($1) },
        Route("PUT", "labels/{id}/void") { try $0.voidLabel($1) },
        Route("GET", "labels/{id}/track") { try $0.trackLabel($1) },
        Route("POST", "rates") { try $0.quoteRates($1) },
        Route("GET", "tracking") { try $0.track($1) },
        Route("POST", "tracking/start") { try $0.startTracking($1) },
        Route("POST", "tracking/stop") { try $0.stopTracking($1) },
        Route("GET", "carriers") { state, _ in
            .json(["carriers": .array(state.carriers.map { $0.json() }), "errors": []])
        },
        Route("GET", "carriers/{id}/services") { try $0.listServices($1) },
        Route("GET", "downloads/10/{token}/{file}.pdf") { try $0.download($1) },
        Route("GET", "environment/webhooks") { state, _ in .json(.array(state.hooks)) },
        Route("POST", "environment/webhooks") { try $0.registerHook($1) },
    ])

    func label(_ id: String) throws -> ShipStationLabel {
        guard let label = labels[id] else { throw Refusal.shipStationNotFound("Label \(id)") }
        return label
    }

    private func listServices(_ call: Call) throws -> SimulatedResponse {
        guard let carrier = carriers.first(where: { $0.id == call["id"] }) else {
            throw Refusal.shipStationNotFound("Carrier \(call["id"])")
        }
        return .json(["services": .array(carrier.services.map { $0.json(carrier) })])
    }

    private func download(_ call: Call) throws -> SimulatedResponse {
        guard let label = labels.values.first(where: { $0.downloadToken == call["token"] }),
            ["label", "paperless"].contains(where: { call["file"] == "\($0)-\(label.id.dropFirst(3))" }),
            label.status != .processing
        else { throw Refusal.shipStationNotFound("The document") }
        return SimulatedResponse(
            status: 200, body: .text(ShipStationDocument(label).text, contentType: "application/pdf"))
    }
}
