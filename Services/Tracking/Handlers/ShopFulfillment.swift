import Commerce
import Contracts
import Providers

/// Puts a package on the lines of the shop's order and creates its fulfilment.
struct ShopFulfillment: Sendable {
    let account: ShopifyAccount
    let request: CreateShopFulfillmentHandler.Request
    let kits: @Sendable ([String]) async throws -> [String: [String: Int]]

    /// - Returns: the id of the fulfilment; nil where the package completes nothing that was ordered.
    func create() async throws -> String? {
        let id = ShopifyID(request.shopID)
        let shipped = try await units.resolve(request.content)
        guard !shipped.isEmpty else { return nil }
        let state = try await account.client.fulfillmentState(of: id, trackingNumber: request.number)
        let quantities = try LineAllocation.allocate(shipped, to: openLines(in: state))
        let package = ShopifyPackage(
            order: id,
            items: request.lines.compactMap { line in
                quantities[line.id].map { .init(lineItemID: ShopifyID(line.id), quantity: $0) }
            },
            tracking: ShopifyTracking(number: request.number, carrierName: request.carrier),
            notifyCustomer: account.settings.notifyCustomer)
        return try await account.client.fulfill(package, from: state).last?.id.text
    }

    private var units: OrderUnitsLookUp {
        let ordered = request.lines.map { ($0.sku, $0.quantity) }
        return OrderUnitsLookUp(ordered: Dictionary(ordered, uniquingKeysWith: +), kits: kits)
    }

    /// What is open, and what fulfilments with the package's own number have taken already.
    private func openLines(in state: ShopifyFulfillmentState) -> [OpenLine<String>] {
        let open = state.orders.filter(\.isOpen).flatMap(\.lines)
        let units =
            state.present.flatMap(\.lines).map { ($0.id.text, $0.quantity) }
            + open.map { ($0.lineItemID.text, $0.fulfillableQuantity) }
        let byLine = Dictionary(units, uniquingKeysWith: +)
        return request.lines.map { OpenLine(id: $0.id, sku: $0.sku, open: byLine[$0.id, default: 0]) }
    }
}
