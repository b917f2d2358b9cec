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
        let lines = try await lines(of: id)
        let shipped = try await units(of: lines).resolve(request.content)
        guard !shipped.isEmpty else { return nil }
        let state = try await account.client.fulfillmentState(of: id, trackingNumber: request.number)
        let quantities = try LineAllocation.allocate(shipped, to: lines.map { $0.open(in: state) })
        let package = ShopifyPackage(
            order: id,
            items: lines.compactMap { line in
                quantities[line.id].map { .init(lineItemID: ShopifyID(line.id), quantity: $0) }
            },
            tracking: ShopifyTracking(number: request.number, carrierName: request.carrier),
            notifyCustomer: account.settings.notifyCustomer)
        return try await account.client.fulfill(package, from: state).last?.id.text
    }

    private typealias Line = CreateShopFulfillmentHandler.Request.Line

    private func lines(of id: ShopifyID) async throws -> [Line] {
        if let lines = request.lines { return lines }
        return try await account.client.order(id).lines.map { line in
            Line(id: line.id.text, sku: line.sku ?? "", quantity: line.quantity ?? 0)
        }
    }

    private func units(of lines: [Line]) -> OrderUnitsLookUp {
        let ordered = lines.map { ($0.sku, $0.quantity) }
        return OrderUnitsLookUp(ordered: Dictionary(ordered, uniquingKeysWith: +), kits: kits)
    }
}

extension CreateShopFulfillmentHandler.Request.Line {
    /// What is open, and what fulfilments with the package's own number have taken already.
    fileprivate func open(in state: ShopifyFulfillmentState) -> OpenLine<String> {
        let taken = state.present.flatMap(\.lines).filter { $0.id.text == id }.map(\.quantity)
        let open = state.orders.filter(\.isOpen).flatMap(\.lines).filter { $0.lineItemID.text == id }
        return OpenLine(
            id: id, sku: sku, open: taken.reduce(0, +) + open.map(\.fulfillableQuantity).reduce(0, +))
    }
}
