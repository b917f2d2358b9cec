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
        let order = try await account.client.order(id)
        let shipped = try await units(of: order).resolve(request.content)
        guard !shipped.isEmpty else { return nil }
        let quantities = try LineAllocation.allocate(shipped, to: try await openLines(of: order))
        let package = ShopifyPackage(
            order: id,
            items: order.lines.compactMap { line in
                quantities[line.id].map { .init(lineItemID: line.id, quantity: $0) }
            },
            tracking: ShopifyTracking(number: request.number, carrierName: request.carrier),
            notifyCustomer: account.settings.notifyCustomer)
        return try await account.client.fulfill(package).last?.id.text
    }

    private func units(of order: ShopifyOrder) -> OrderUnitsLookUp {
        let lines = order.lines.map { ($0.sku ?? "", $0.quantity ?? 0) }
        return OrderUnitsLookUp(ordered: Dictionary(lines, uniquingKeysWith: +), kits: kits)
    }

    /// What is open, and what fulfilments with the package's own number have taken already.
    private func openLines(of order: ShopifyOrder) async throws -> [OpenLine<ShopifyID>] {
        let present = try await account.client.fulfillments(of: order.id, trackingNumber: request.number)
        let open = try await account.client.fulfillmentOrders(of: order.id).filter(\.isOpen).flatMap(\.lines)
        let units =
            present.flatMap(\.lines).map { ($0.id, $0.quantity) } + open.map { ($0.lineItemID, $0.fulfillableQuantity) }
        let byLine = Dictionary(units, uniquingKeysWith: +)
        return order.lines.map { OpenLine(id: $0.id, sku: $0.sku ?? "", open: byLine[$0.id, default: 0]) }
    }
}
