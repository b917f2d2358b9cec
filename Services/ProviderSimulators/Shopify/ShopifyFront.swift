import Foundation

/// The door of the Admin API: version, token, rate, then the endpoint.
extension ShopifySimulator {
    mutating func respond(to request: SimulatedRequest) -> SimulatedResponse {
        guard let (version, endpoint) = Self.splitVersion(request.path) else { return Refusal.shopifyNotFound.response }
        guard request.header("x-shopify-access-token") == settings.accessToken else {
            return Refusal.shopify(
                401, "[API] Invalid API key or access token (unrecognized login or wrong password)"
            ).response
        }
        var inner = request
        inner.path = endpoint
        let answer = endpoint == "/graphql.json" ? graphQL(inner, version: version) : rest(inner)
        return answer.adding("X-Shopify-API-Version", version)
    }

    private mutating func rest(_ request: SimulatedRequest) -> SimulatedResponse {
        guard restBucket.admit(now: request.now) else { return throttled() }
        return answerREST(request)
            .adding("X-Shopify-Shop-Api-Call-Limit", "\(restBucket.filled)/\(Int(restBucket.size))")
    }

    private mutating func answerREST(_ request: SimulatedRequest) -> SimulatedResponse {
        switch Self.routes.match(request) {
        case .unknown: return Refusal.shopifyNotFound.response
        case .wrongMethod: return SimulatedResponse(status: 406)
        case .found: break
        }
        if request.body == .other { return Refusal.shopify(400, "Invalid JSON in request body").response }
        return Self.routes.answer(request, &self) ?? Refusal.shopifyNotFound.response
    }

    private func throttled() -> SimulatedResponse {
        // The provider writes a decimal number of seconds, never less than one.
        let seconds = Decimal(max(1, restBucket.wait())).fixed(1)
        let text =
            "Exceeded \(Int(restBucket.leakPerSecond)) calls per second for api client. "
            + "Reduce request rates to resume uninterrupted service."
        return Refusal.shopify(429, text).response
            .adding("Retry-After", seconds)
            .adding("X-Shopify-Shop-Api-Call-Limit", "\(Int(restBucket.size))/\(Int(restBucket.size))")
    }

    /// `/admin/api/2023-01/orders.json` is version `2023-01` and endpoint `/orders.json`.
    private static func splitVersion(_ path: String) -> (version: String, endpoint: String)? {
        let parts = path.split(separator: "/", maxSplits: 3)
        guard parts.count == 4, parts[0] == "admin", parts[1] == "api" else { return nil }
        let version = String(parts[2])
        guard version == "unstable" || version.wholeMatch(of: /[0-9]{4}-[0-9]{2}/) != nil else { return nil }
        return (version, "/\(parts[3])")
    }

    static let routes = RouteTable<ShopifySimulator>([
        Route("GET", "orders.json") { try $0.listOrders($1) },
        Route("GET", "orders/count.json") { try $0.countOrders($1) },
        Route("GET", "orders/{id}.json") { try $0.showOrder($1) },
        Route("PUT", "orders/{id}.json") { try $0.updateOrder($1) },
        Route("POST", "orders/{id}/cancel.json") { try $0.cancelOrder($1) },
        Route("POST", "orders/{id}/close.json") { try $0.closeOrder($1) },
        Route("POST", "orders/{id}/open.json") { try $0.openOrder($1) },
        Route("GET", "orders/{id}/fulfillment_orders.json") { try $0.listFulfillmentOrders($1) },
        Route("GET", "orders/{id}/fulfillments.json") { try $0.listFulfillments($1) },
        Route("GET", "orders/{id}/transactions.json") { try $0.listTransactions($1) },
        Route("GET", "orders/{id}/refunds.json") { try $0.listRefunds($1) },
        Route("POST", "orders/{id}/refunds/calculate.json") { try $0.calculateRefund($1) },
        Route("POST", "orders/{id}/refunds.json") { try $0.createRefund($1) },
        Route("GET", "draft_orders.json") { try $0.listDraftOrders($1) },
        Route("POST", "draft_orders.json") { try $0.createDraftOrder($1) },
        Route("GET", "draft_orders/{id}.json") { try $0.showDraftOrder($1) },
        Route("PUT", "draft_orders/{id}.json") { try $0.changeDraftOrder($1) },
        Route("DELETE", "draft_orders/{id}.json") { try $0.deleteDraftOrder($1) },
        Route("POST", "draft_orders/{id}/send_invoice.json") { try $0.sendDraftInvoice($1) },
        Route("PUT", "draft_orders/{id}/complete.json") { try $0.completeDraftOrder($1) },
        Route("GET", "fulfillment_orders/{id}.json") { try $0.showFulfillmentOrder($1) },
        Route("POST", "fulfillments.json") { try $0.createFulfillment($1) },
        Route("POST", "fulfillments/{id}/update_tracking.json") { try $0.updateTracking($1) },
        Route("POST", "fulfillments/{id}/cancel.json") { try $0.cancelFulfillment($1) },
    ])
}
