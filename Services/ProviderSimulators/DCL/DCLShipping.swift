import Foundation

/// What leaves the warehouse and arrives.
extension DCLSimulator {
    /// Packs and ships; checks every package against what is still open before anything changes.
    mutating func ship(_ packages: [DCLOrder.Package], of number: String, now: Date) throws {
        guard var order = orders[number] else { throw Self.problem(404, "There is no order \(number).") }
        guard order.isOpen, !order.stage.isHeld else {
            throw Self.problem(409, "Order \(number) is at stage \(order.stage.rawValue) (\(order.stage.description)).")
        }
        for package in packages {
            guard !isTracking(package.trackingNumber) else {
                throw Self.problem(422, "Tracking number \(package.trackingNumber) is already used.")
            }
            for item in package.items { try order.take(item) }
        }
        order.shipments.append(.init(shippedAt: now, packages: packages))
        order.stage = order.isFullyShipped ? .fullyShipped : .partiallyShipped
        order.modifiedAt = now
        orders[number] = order
        for package in packages {
            orderOfPackage[package.trackingNumber] = number
            hint("shipped", order: number, trackingNumber: package.trackingNumber, now: now)
            planDelivery(of: package)
        }
    }

    /// Everything that is left, in one package with a tracking number of the warehouse's own.
    mutating func shipRest(of number: String, now: Date) throws {
        let rest = (orders[number]?.lines ?? []).filter { $0.open > 0 }.map {
            DCLOrder.Item(item: $0.item, quantity: $0.open)
        }
        guard !rest.isEmpty else { throw Self.problem(409, "Order \(number) has nothing left to ship.") }
        let carrier = orders[number]?.fields["shipping_carrier"]?.string
        try ship([newPackage(rest, trackingNumber: nil, carrier: carrier)], of: number, now: now)
    }

    mutating func newPackage(_ items: [DCLOrder.Item], trackingNumber: String?, carrier: String?) -> DCLOrder.Package {
        let carton = String(cartonNumber.take())
        return DCLOrder.Package(
            cartonID: String(repeating: "0", count: max(0, 8 - carton.count)) + carton,
            trackingNumber: trackingNumber ?? nextTrackingNumber(), carrier: carrier, items: items)
    }

    /// The carrier hands the parcel over. Only the hint tells; the order does not change.
    mutating func deliver(_ trackingNumber: String, now: Date) throws {
        guard let number = orderOfPackage[trackingNumber], var order = orders[number],
            order.deliver(trackingNumber, now: now)
        else { throw Self.problem(404, "There is no package \(trackingNumber).") }
        orders[number] = order
        hint("delivered", order: number, trackingNumber: trackingNumber, now: now)
    }

    mutating func setStage(_ stage: DCLStage, of number: String, now: Date) throws {
        guard var order = orders[number] else { throw Self.problem(404, "There is no order \(number).") }
        order.stage = stage
        order.modifiedAt = now
        orders[number] = order
        hint("stage", order: number, trackingNumber: nil, now: now)
    }

    private mutating func nextTrackingNumber() -> String {
        var number: String
        repeat {
            let digits = String(trackingNumber.take())
            number = "1Z001985YW" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        } while isTracking(number)
        return number
    }

    private func isTracking(_ number: String) -> Bool { orderOfPackage[number] != nil }

    static func problem(_ status: Int, _ detail: String) -> Refusal { Refusal(response: .problem(status, detail)) }
}

extension DCLOrder {
    /// Takes units from the lines of an item, in line order.
    fileprivate mutating func take(_ item: Item) throws {
        var rest = item.quantity
        for index in lines.indices where lines[index].item == item.item {
            let part = min(rest, lines[index].open)
            lines[index].shipped += part
            rest -= part
        }
        guard item.quantity > 0, rest == 0 else {
            throw DCLSimulator.problem(
                422, "Order \(number) has fewer than \(item.quantity) of \(item.item) left to ship.")
        }
    }

    fileprivate mutating func deliver(_ trackingNumber: String, now: Date) -> Bool {
        for shipment in shipments.indices {
            for package in shipments[shipment].packages.indices
            where shipments[shipment].packages[package].trackingNumber == trackingNumber {
                shipments[shipment].packages[package].deliveredAt = now
                return true
            }
        }
        return false
    }
}
