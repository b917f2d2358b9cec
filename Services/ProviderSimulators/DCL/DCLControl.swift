import Foundation

/// What people do in the warehouse.
extension DCLSimulator {
    mutating func control(_ request: SimulatedRequest) -> SimulatedResponse? {
        Self.controls.answer(request, &self)
    }

    private static let controls = RouteTable<DCLSimulator>([
        Route("POST", "orders/{number}/ship") { try $0.shipByHand($1) },
        Route("POST", "orders/{number}/deliver") { try $0.deliverByHand($1) },
        Route("POST", "orders/{number}/stage") { try $0.setStageByHand($1) },
        Route("POST", "rmas/{number}/receive") { try $0.receiveReturn($1) },
        Route("POST", "rmas/{number}/grade") { try $0.gradeReturn($1) },
        Route("POST", "refuse") { try $0.refuse($1) },
        Route("DELETE", "refuse") { $0.stopRefusing($1) },
        Route("POST", "auto") { try $0.setAutomation($1) },
        Route("GET", "auto") { state, _ in .json(state.automationJSON) },
        Route("POST", "items") { try $0.setUpItem($1) },
        Route("POST", "receipts") { try $0.receive($1) },
    ])

    private mutating func shipByHand(_ call: Call) throws -> SimulatedResponse {
        let number = call["number"]
        if let packages = call.request.json["packages"].array, !packages.isEmpty {
            let carrier = orders[number]?.fields["shipping_carrier"]?.string
            let parsed = try packages.map { try package($0, usualCarrier: carrier) }
            guard Set(parsed.map(\.trackingNumber)).count == parsed.count else {
                throw Self.problem(422, "Each package needs a tracking number of its own.")
            }
            try ship(parsed, of: number, now: call.request.now)
        } else {
            try shipRest(of: number, now: call.request.now)
        }
        return .json(orders[number]?.json() ?? .null)
    }

    private mutating func package(_ json: JSON, usualCarrier: String?) throws -> DCLOrder.Package {
        guard let lines = json["lines"].array, !lines.isEmpty else {
            throw Self.problem(422, "packages.lines must hold at least one line.")
        }
        let items = try lines.map { line in
            guard let sku = line["sku"].string ?? line["item_number"].string, let quantity = line["quantity"].int else {
                throw Self.problem(422, "packages.lines need sku and quantity.")
            }
            return DCLOrder.Item(item: sku, quantity: quantity)
        }
        return newPackage(
            items, trackingNumber: json["tracking_number"].string, carrier: json["carrier"].string ?? usualCarrier)
    }

    /// One package, or all that are on their way when none is named.
    private mutating func deliverByHand(_ call: Call) throws -> SimulatedResponse {
        let number = call["number"]
        guard let order = orders[number] else { throw Self.problem(404, "There is no order \(number).") }
        let packages = order.shipments.flatMap(\.packages)
        let wanted = call.request.json["tracking_number"].string
        let chosen = packages.filter { package in
            wanted.map { $0 == package.trackingNumber } ?? (package.deliveredAt == nil)
        }
        guard !chosen.isEmpty else { throw Self.problem(404, "Order \(number) has no such package on its way.") }
        for package in chosen { try deliver(package.trackingNumber, now: call.request.now) }
        return .json(["delivered": .array(chosen.map { .string($0.trackingNumber) })])
    }

    private mutating func setStageByHand(_ call: Call) throws -> SimulatedResponse {
        guard let stage = call.request.json["stage"].int.flatMap(DCLStage.init) else {
            let known = DCLStage.allCases.map { String($0.rawValue) }.joined(separator: ", ")
            throw Self.problem(422, "stage must be one of \(known).")
        }
        try setStage(stage, of: call["number"], now: call.request.now)
        return .json(orders[call["number"]]?.json() ?? .null)
    }

    private mutating func refuse(_ call: Call) throws -> SimulatedResponse {
        guard let sku = call.request.json["sku"].string else { throw Self.problem(422, "sku names what to refuse.") }
        refusedSKUs.insert(sku)
        return .json(["refused": .array(refusedSKUs.sorted().map(JSON.string))], status: 201)
    }

    /// One SKU when it is named, otherwise all.
    private mutating func stopRefusing(_ call: Call) -> SimulatedResponse {
        if let sku = call.request.json["sku"].string ?? call.request.query("sku") {
            refusedSKUs.remove(sku)
        } else {
            refusedSKUs.removeAll()
        }
        return SimulatedResponse(status: 204)
    }

    private mutating func setAutomation(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        automate(
            shipAfter: try Self.delay(body["ship_after_ms"], "ship_after_ms"),
            deliverAfter: try Self.delay(body["deliver_after_ms"], "deliver_after_ms"))
        return .json(automationJSON)
    }

    private static func delay(_ json: JSON, _ name: String) throws -> Duration? {
        guard !json.isNull else { return nil }
        guard let milliseconds = json.int, milliseconds >= 0 else {
            throw problem(422, "\(name) must be a number of milliseconds, or null.")
        }
        return .milliseconds(milliseconds)
    }

    private var automationJSON: JSON {
        func milliseconds(_ duration: Duration?) -> JSON {
            duration.map { .int(Int($0 / .milliseconds(1))) } ?? .null
        }
        return [
            "ship_after_ms": milliseconds(automation.shipAfter),
            "deliver_after_ms": milliseconds(automation.deliverAfter),
        ]
    }

    private mutating func setUpItem(_ call: Call) throws -> SimulatedResponse {
        guard let sku = call.request.json["sku"].string, !sku.isEmpty else {
            throw Self.problem(422, "sku names what to set up.")
        }
        learn(sku: sku)
        return .json(["item_number": .string(sku)], status: 201)
    }
}
