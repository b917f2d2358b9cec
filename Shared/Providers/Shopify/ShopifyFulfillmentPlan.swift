import Commerce

/// Which fulfilment orders a package is taken from. Pure.
///
/// One fulfilment names fulfilment orders of one location only, so a package from two locations becomes two
/// fulfilments with the same tracking number.
struct ShopifyFulfillmentPlan: Equatable {
    struct Allocation: Equatable {
        let fulfillmentOrder: ShopifyID
        let line: ShopifyID
        let quantity: Int
    }

    /// The allocations by location, in the order of the fulfilment orders.
    private(set) var parts: [[Allocation]] = []

    /// Takes the items from open fulfilment orders, the first one first.
    ///
    /// Failure: `refused("not_fulfillable")` when fewer units are open than were shipped.
    init(
        _ items: [ShopifyPackage.Item], from orders: [ShopifyFulfillmentOrder], at location: ShopifyID?
    ) throws(ProviderFailure) {
        let open = orders.filter { $0.isOpen && (location == nil || $0.assignedLocationID == location) }
        var stock = ShopifyOpenUnits(open)
        var taken: [Allocation] = []
        for item in items { taken += try stock.take(item) }
        for location in open.map(\.assignedLocationID).uniqued() {
            let there = Set(open.filter { $0.assignedLocationID == location }.map(\.id))
            let part = taken.filter { there.contains($0.fulfillmentOrder) }
            if !part.isEmpty { parts.append(part) }
        }
    }

    /// The units that fulfilments with the package's tracking number do not hold yet; nil when nothing is left to do.
    static func remaining(
        _ package: ShopifyPackage, after fulfillments: [ShopifyFulfillment]
    ) -> [ShopifyPackage.Item]? {
        guard !fulfillments.isEmpty else { return package.items }
        // WHY: without lines the shop's word is the tracking number alone, and that is there.
        guard fulfillments.allSatisfy({ !$0.lines.isEmpty }) else { return nil }
        let left = package.items.compactMap { item -> ShopifyPackage.Item? in
            let done = fulfillments.flatMap(\.lines).filter { $0.id == item.lineItemID }.map(\.quantity).reduce(0, +)
            return done < item.quantity
                ? ShopifyPackage.Item(lineItemID: item.lineItemID, quantity: item.quantity - done) : nil
        }
        return left.isEmpty ? nil : left
    }
}

/// What is still open in fulfilment orders, while units are taken from it.
private struct ShopifyOpenUnits {
    private var lines: [(order: ShopifyID, line: ShopifyID, lineItem: ShopifyID, quantity: Int)]

    init(_ orders: [ShopifyFulfillmentOrder]) {
        lines = orders.flatMap { order in
            order.lines.map { (order.id, $0.id, $0.lineItemID, $0.fulfillableQuantity) }
        }
    }

    mutating func take(_ item: ShopifyPackage.Item) throws(ProviderFailure) -> [ShopifyFulfillmentPlan.Allocation] {
        var missing = item.quantity
        var taken: [ShopifyFulfillmentPlan.Allocation] = []
        for index in lines.indices where lines[index].lineItem == item.lineItemID && missing > 0 {
            let quantity = min(missing, lines[index].quantity)
            guard quantity > 0 else { continue }
            lines[index].quantity -= quantity
            missing -= quantity
            taken.append(.init(fulfillmentOrder: lines[index].order, line: lines[index].line, quantity: quantity))
        }
        guard missing == 0 else {
            throw .refused(
                code: "not_fulfillable",
                message: "\(missing) of \(item.quantity) units of line \(item.lineItemID) are not open for fulfilment.")
        }
        return taken
    }
}

extension Array where Element: Hashable {
    fileprivate func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
