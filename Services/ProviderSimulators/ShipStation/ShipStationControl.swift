import Foundation

/// What happens outside the API: carriers scan parcels, accounts run dry.
extension ShipStationSimulator {
    mutating func control(_ request: SimulatedRequest) -> SimulatedResponse? {
        Self.controls.answer(request, &self)
    }

    private static let controls = RouteTable<ShipStationSimulator>([
        Route("POST", "scan") { try $0.scan($1) },
        Route("POST", "carriers/{id}") { try $0.setCarrier($1) },
        Route("POST", "processing") { try $0.setProcessing($1) },
    ])

    /// `{"tracking_number","status"}`, and `detail`, `carrier_code`, `occurred_at`, `city_locality`, … where they
    /// matter. Of the number of another account's label, such as a warehouse's, nobody is told unless it is followed.
    private mutating func scan(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        guard let number = body["tracking_number"].string, !number.isEmpty else {
            throw Self.problem("tracking_number names the parcel.")
        }
        guard let word = body["status"].string, let named = ShipStationScanCode.named(word) else {
            let known = ShipStationScanCode.allCases.map(\.rawValue).joined(separator: ", ")
            throw Self.problem("status must be one of \(known), or a shipment status such as delivered.")
        }
        var at = call.request.now
        if let text = body["occurred_at"].string {
            guard let given = Timestamps.parse(text, zone: .gmt) else {
                throw Self.problem("occurred_at must be a time such as 2026-03-05T17:00:00Z.")
            }
            at = given
        }
        let carrier = body["carrier_code"].string ?? Self.carrierCode(of: number)
        var parcel =
            parcels[number] ?? ShipStationTracking(carrierCode: carrier, number: number, startedAt: at)
        parcel.scans.append(
            .init(
                at: at, code: named.code, detail: body["detail"].string ?? named.detail,
                place: body.object ?? JSONObject()))
        parcel.scans.sort { $0.at < $1.at }
        parcels[number] = parcel
        if parcel.isFollowed { announce(parcel, origin: call.request.origin) }
        return .json(parcel.json(), status: 201)
    }

    /// `{"refusal":"insufficient_funds"|"carrier_disconnected"|"unknown"|null}`
    private mutating func setCarrier(_ call: Call) throws -> SimulatedResponse {
        guard let index = carriers.firstIndex(where: { $0.id == call["id"] || $0.code == call["id"] }) else {
            throw Refusal(response: .problem(404, "There is no carrier \(call["id"])."))
        }
        let refusal = call.request.json["refusal"]
        guard refusal.isNull || ["insufficient_funds", "carrier_disconnected", "unknown"].contains(refusal.string)
        else {
            throw Self.problem("refusal must be insufficient_funds, carrier_disconnected, unknown or null.")
        }
        carriers[index].refusal = refusal.string
        return .json(carriers[index].json())
    }

    /// `{"delay_ms":500}`: labels are being made that long; null makes them at once.
    private mutating func setProcessing(_ call: Call) throws -> SimulatedResponse {
        let delay = call.request.json["delay_ms"]
        guard delay.isNull || (delay.int ?? -1) >= 0 else {
            throw Self.problem("delay_ms must be a number of milliseconds, or null.")
        }
        processingTime = delay.int.map { .milliseconds($0) }
        return .json(["delay_ms": delay])
    }

    private static func problem(_ detail: String) -> Refusal { Refusal(response: .problem(422, detail)) }

    /// By the look of the number.
    private static func carrierCode(of number: String) -> String {
        switch number {
        case let number where number.wholeMatch(of: /1Z[0-9A-Z]{16}/) != nil: "ups"
        case let number where number.wholeMatch(of: /9[2-5][0-9]{18,20}/) != nil: "stamps_com"
        case let number where number.wholeMatch(of: /[0-9]{16}/) != nil: "canada_post"
        default: "fedex"
        }
    }
}
