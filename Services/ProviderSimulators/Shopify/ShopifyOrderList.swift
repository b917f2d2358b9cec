import Foundation

/// `GET /orders.json`: filters, order and cursor pages.
extension ShopifySimulator {
    // The provider's own bounds.
    private static let limitDefault = 50
    private static let limitMax = 250

    mutating func listOrders(_ call: Call) throws -> SimulatedResponse {
        let page = try ShopifyPage(call.request)
        let found = try sorted(matching(page.filters), by: page.filters["order"])
        let limit = try Self.limit(call.request)
        let range = page.range(in: found.map(\.id), limit: limit)
        let fields = Self.fields(call)
        let orders = found[range].map { JSON.object(($0.json().object ?? JSONObject()).selecting(fields)) }
        let response = SimulatedResponse.json(["orders": .array(orders)])
        let links = page.links(found.map(\.id), showing: range, limit: limit, request: call.request)
        return links.isEmpty ? response : response.adding("Link", links)
    }

    mutating func countOrders(_ call: Call) throws -> SimulatedResponse {
        let page = try ShopifyPage(call.request)
        return .json(["count": .int(try matching(page.filters).count)])
    }

    private func matching(_ filters: [String: String]) throws -> [ShopifyOrder] {
        let filter = try ShopifyOrderFilter(filters)
        return orderIDs.compactMap { orders[$0] }.filter(filter.admits)
    }

    /// Newest first, except with `since_id`, which walks upwards.
    private func sorted(_ orders: [ShopifyOrder], by order: String?) throws -> [ShopifyOrder] {
        let words = (order ?? "").split(separator: " ").map { $0.lowercased() }
        let descending = words.count > 1 ? words[1] == "desc" : order == nil
        let key: (ShopifyOrder) -> Date
        switch words.first {
        case nil, "id", "created_at", "processed_at": key = \.createdAt
        case "updated_at": key = \.updatedAt
        case .some: throw Refusal.shopify(field: "order", "is invalid", status: 400)
        }
        return orders.sorted { left, right in
            let (first, second) = descending ? (right, left) : (left, right)
            return (key(first), first.id) < (key(second), second.id)
        }
    }

    private static func limit(_ request: SimulatedRequest) throws -> Int {
        guard let text = request.query("limit") else { return limitDefault }
        guard let limit = Int(text), limit > 0 else { throw Refusal.shopify(field: "limit", "is invalid", status: 400) }
        return min(limit, limitMax)
    }
}
