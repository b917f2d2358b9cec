import Foundation

/// Following parcels, and telling about their scans.
extension ShipStationSimulator {
    func trackLabel(_ call: Call) throws -> SimulatedResponse {
        let label = try label(call["id"])
        return .json(parcels[label.trackingNumber]?.json() ?? .null)
    }

    /// Carriers whose parcels are tracked without an account with them.
    private static let trackedCarriers: Set<String> = ["ups", "usps", "fedex", "canada_post", "dhl_express"]

    /// Of a number nobody has scanned nothing is known; that is no error.
    func track(_ call: Call) throws -> SimulatedResponse {
        let (carrier, number) = try Self.parcel(call)
        let nobody = ShipStationTracking(carrierCode: carrier, number: number, startedAt: call.request.now)
        return .json((parcels[number] ?? nobody).json())
    }

    mutating func startTracking(_ call: Call) throws -> SimulatedResponse {
        let (carrier, number) = try Self.parcel(call)
        guard Self.trackedCarriers.union(carriers.map(\.code)).contains(carrier) else {
            throw Refusal.shipStation(field: "carrier_code", .wrong("is no carrier that can be tracked"))
        }
        var parcel = ShipStationTracking(
            carrierCode: carrier, number: number, startedAt: call.request.now, isFollowed: true)
        parcel.scans = parcels[number]?.scans ?? []
        parcels[number] = parcel
        return SimulatedResponse(status: 204)
    }

    mutating func stopTracking(_ call: Call) throws -> SimulatedResponse {
        let (_, number) = try Self.parcel(call)
        parcels[number]?.isFollowed = false
        return SimulatedResponse(status: 204)
    }

    private static func parcel(_ call: Call) throws -> (carrier: String, number: String) {
        func required(_ name: String) throws -> String {
            guard let text = call.request.query(name), !text.isEmpty else {
                throw Refusal.shipStation(field: name, .missing)
            }
            return text
        }
        return (try required("carrier_code"), try required("tracking_number"))
    }

    mutating func registerHook(_ call: Call) throws -> SimulatedResponse {
        let fields = try Self.fields(call)
        try fields.allow(["event", "url", "headers", "name", "store_id"])
        let events: Set = [
            "batch", "carrier_connected", "order_source_refresh_complete", "rate", "report_complete",
            "sales_orders_imported", "track",
        ]
        guard try fields.choice("event", of: events) != nil else { throw fields.refuse("event", .missing) }
        guard try fields.requiredText("url").hasPrefix("http") else {
            throw fields.refuse("url", .wrong("must be an http URL"))
        }
        for header in try fields.list("headers") {
            _ = try header.requiredText("key")
            _ = try header.requiredText("value")
        }
        let id = JSONObject([("webhook_id", .string("se-\(hookNumber.take() + 1)"))])
        let hook = JSON.object(id.merging(fields.object))
        hooks.append(hook)
        return .json(hook)
    }

    /// Tells every webhook for scans what is known of the parcel now.
    mutating func announce(_ parcel: ShipStationTracking, origin: String) {
        let query =
            "carrier_code=\(PercentEncoding.encode(parcel.carrierCode))"
            + "&tracking_number=\(PercentEncoding.encode(parcel.number))"
        let body: JSON = [
            "resource_url": .string("\(origin)/\(Self.name)/v2/tracking?\(query)"), "resource_type": "API_TRACK",
            "data": parcel.json(),
        ]
        for hook in hooks where hook["event"] == "track" {
            let own = (hook["headers"].array ?? []).compactMap { header -> SimulatedRequest.Field? in
                guard let name = header["key"].string, let value = header["value"].string else { return nil }
                return .init(name: name, value: value)
            }
            emit(
                .webhook(
                    OutgoingWebhook(
                        provider: Self.name, topic: "track",
                        deliveryID: requestNumber.takeUUID(prefix: "5c1e6b7a-3d2f-4a8b-9c10"),
                        url: hook["url"].string ?? "",
                        headers: [.init(name: "Content-Type", value: "application/json")] + own,
                        body: body.bytes, retries: .shipStation)))
        }
    }
}

extension RetrySchedule {
    /// Two more attempts, half an hour apart.
    static let shipStation = RetrySchedule(waits: [.seconds(1800), .seconds(1800)], last: nil, attemptsMax: 3)
}
