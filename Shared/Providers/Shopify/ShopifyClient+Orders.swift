import Commerce
import HTTPTransport

extension ShopifyClient {
    /// The order as JSON, bare. Failure: `refused("not_found")` when there is none.
    public func orderDocument(_ id: ShopifyID) async throws(ProviderFailure) -> ShopifyOrderDocument {
        let answer = try await send(rest("GET", "orders/\(id.pathSegment).json"), .read, as: OrderAnswer.self)
        return try document(answer.order)
    }

    /// The order. Failure: `refused("not_found")` when there is none.
    public func order(_ id: ShopifyID) async throws(ProviderFailure) -> ShopifyOrder {
        let document = try await orderDocument(id)
        guard let order = try? ShopifyOrder(json: document.json) else { throw .malformedAnswer(.read) }
        return order
    }

    /// The first page of orders of every status.
    public func orders(_ query: ShopifyOrderQuery) async throws(ProviderFailure) -> ShopifyOrderPage {
        try await page(rest("GET", "orders.json", query: query.pairs))
    }

    /// The next page; the shop's own URL is followed as it is.
    ///
    /// Failure: `refused` when the URL leads away from the shop, because the token would travel with it.
    public func orders(after cursor: ShopifyPageCursor) async throws(ProviderFailure) -> ShopifyOrderPage {
        guard cursor.url.hasPrefix(settings.baseURL + "/") else {
            throw .refused(code: "foreign_page", message: "The next page lies outside the shop.")
        }
        return try await page(request("GET", url: cursor.url))
    }

    private func page(_ request: HTTPRequest) async throws(ProviderFailure) -> ShopifyOrderPage {
        let response = try await send(request, .read)
        guard let answer = try? ProviderJSON.decode(OrdersAnswer.self, from: response.body) else {
            throw .malformedAnswer(.read)
        }
        var documents: [ShopifyOrderDocument] = []
        for order in answer.orders { documents.append(try document(order)) }
        let next = ShopifyLinkHeader.next(response.header("Link")).map(ShopifyPageCursor.init)
        return ShopifyOrderPage(orders: documents, next: next)
    }

    private func document(_ order: JSONValue) throws(ProviderFailure) -> ShopifyOrderDocument {
        ShopifyOrderDocument(
            id: order["id"]?.text.map { ShopifyID($0) }, updatedAt: order["updated_at"]?.text,
            json: try ProviderJSON.encode(order))
    }
}

private struct OrderAnswer: Decodable {
    let order: JSONValue
}

private struct OrdersAnswer: Decodable {
    let orders: [JSONValue]
}
