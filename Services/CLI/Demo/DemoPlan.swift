/// The orders of the demonstration and what is to become of each.
struct DemoOrder: Sendable, Equatable {
    struct Item: Sendable, Equatable {
        var sku: String
        var quantity: Int
        var price: String
    }

    enum Ending: Sendable, Equatable {
        /// Shipped in these packages, each with what is in it, then delivered.
        case delivered(packages: [[OrderModel.SKULine]])
        /// The warehouse says no; everything done so far is undone.
        case refused
    }

    var title: String
    var items: [Item]
    var ending: Ending

    var packageCount: Int {
        guard case .delivered(let packages) = ending else { return 0 }
        return packages.count
    }
}

enum DemoPlan {
    /// A SKU that no other order of the demonstration has: refusing it touches only the order it is for.
    static let refusedSKU = "MIE-SLIP-L"

    static let orders: [DemoOrder] = [
        DemoOrder(
            title: "one robe", items: [.init(sku: "MIE-ROBE-S", quantity: 1, price: "74.50")],
            ending: .delivered(packages: [[.init(sku: "MIE-ROBE-S", quantity: 1)]])),
        DemoOrder(
            title: "two slips", items: [.init(sku: "MIE-SLIP-S", quantity: 2, price: "39.00")],
            ending: .delivered(packages: [[.init(sku: "MIE-SLIP-S", quantity: 2)]])),
        DemoOrder(
            title: "in two packages",
            items: [
                .init(sku: "MIE-ROBE-M", quantity: 2, price: "74.50"),
                .init(sku: "MIE-SLIP-M", quantity: 1, price: "39.00"),
            ],
            ending: .delivered(packages: [
                [.init(sku: "MIE-ROBE-M", quantity: 1)],
                [.init(sku: "MIE-ROBE-M", quantity: 1), .init(sku: "MIE-SLIP-M", quantity: 1)],
            ])),
        DemoOrder(
            title: "the warehouse refuses", items: [.init(sku: refusedSKU, quantity: 1, price: "39.00")],
            ending: .refused),
    ]
}
