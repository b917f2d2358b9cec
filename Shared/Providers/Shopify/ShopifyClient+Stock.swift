import Commerce

/// The stock of the shop's locations.
///
/// The page of the contract has the versions that take a key; the fields are those of the shop's reference of
/// `inventoryAdjustQuantities`, `InventoryChangeInput`, `LineItem.variant`, `InventoryItem.tracked` and `location`.
extension ShopifyClient {
    // LIMIT: what the shop charges at most for one mutation, and for a page of lines with what they are of.
    private static let adjustmentCost = 10.0
    private static let linesCost = 100.0

    /// Where goods that come back are for sale again; nil where the workspace has named no place.
    public var restockLocation: ShopifyID? { settings.restockLocationID }

    /// Whether the shop keeps the reference of a restocking unique, for a day.
    public var keepsRestockingsUnique: Bool { settings.graphQLFeatures.contains(.idempotentAdjustments) }

    /// What the shop keeps stock of for the lines of an order, by the line's id. A line whose goods it sells no more is
    /// not in the answer.
    ///
    /// Failure: `refused("not_found")` when there is no such order.
    public func stockItems(of order: ShopifyID) async throws(ProviderFailure) -> [ShopifyID: ShopifyStockItem] {
        let query =
            "query($id:ID!,$after:String){order(id:$id){lineItems(first:100,after:$after)"
            + "{pageInfo{hasNextPage endCursor} nodes{id variant{inventoryItem{id tracked}}}}}}"
        var items: [ShopifyID: ShopifyStockItem] = [:]
        var after = JSONValue.null
        while true {
            let variables: JSONValue = ["id": .string(order.gid("Order")), "after": after]
            let data = try await graphQL(query, variables: variables, .read, cost: Self.linesCost, as: LinesAnswer.self)
            guard let page = data.order?.lineItems else {
                throw .refused(code: "not_found", message: "The shop has no order \(order).")
            }
            for line in page.nodes {
                guard let item = line.variant?.inventoryItem else { continue }
                items[ShopifyID(gid: line.id)] = ShopifyStockItem(id: ShopifyID(gid: item.id), isTracked: item.tracked)
            }
            guard page.pageInfo.hasNextPage, let cursor = page.pageInfo.endCursor else { return items }
            after = .string(cursor)
        }
    }

    /// Adds units to what a location has for sale, or takes them out: all of them or none.
    ///
    /// From version 2026-01 on the shop keeps the reference unique for a day, so that after `unknownOutcome` the same may
    /// be sent again within that time. *Not guaranteed*: older versions take no key, and nothing lists adjustments by
    /// their document. There it is never to be sent again.
    ///
    /// - Returns: the shop's id of the adjustment.
    ///
    /// Failure: `refused` in the shop's words, as for a location that it does not know.
    public func restock(_ restocking: ShopifyRestocking) async throws(ProviderFailure) -> ShopifyID {
        let mutation = ShopifyRestockMutation(restocking, isIdempotent: keepsRestockingsUnique)
        let data = try await graphQL(
            mutation.query, variables: mutation.variables, .write, cost: Self.adjustmentCost,
            as: ShopifyRestockMutation.Answer.self)
        if let error = data.inventoryAdjustQuantities?.userErrors.first {
            throw ShopifyRestockMutation.failure(error)
        }
        guard let group = data.inventoryAdjustQuantities?.inventoryAdjustmentGroup else {
            throw .malformedAnswer(.write)
        }
        return ShopifyID(gid: group.id)
    }

    /// Nil when the shop has no such location.
    public func location(_ id: ShopifyID) async throws(ProviderFailure) -> ShopifyLocation? {
        let query = "query($id:ID!){location(id:$id){name isActive}}"
        let variables: JSONValue = ["id": .string(id.gid("Location"))]
        return try await graphQL(query, variables: variables, .read, cost: 1, as: LocationAnswer.self).location
    }
}

private struct LinesAnswer: Decodable {
    struct Item: Decodable {
        let id: String
        let tracked: Bool
    }

    struct Variant: Decodable {
        let inventoryItem: Item
    }

    struct Line: Decodable {
        let id: String
        let variant: Variant?
    }

    struct PageInfo: Decodable {
        let hasNextPage: Bool
        let endCursor: String?
    }

    struct Page: Decodable {
        let pageInfo: PageInfo
        let nodes: [Line]
    }

    struct Order: Decodable {
        let lineItems: Page
    }

    let order: Order?
}

private struct LocationAnswer: Decodable {
    let location: ShopifyLocation?
}
