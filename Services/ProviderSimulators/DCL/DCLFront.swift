import Foundation

/// The door of the eFactory API: login, rate, then the endpoint.
extension DCLSimulator {
    private static let prefixes = ["/api/v1", "/api/sandbox"]

    mutating func respond(to request: SimulatedRequest) -> SimulatedResponse {
        guard let prefix = Self.prefixes.first(where: { request.path.hasPrefix("\($0)/") }) else {
            return Self.notFound(request)
        }
        guard isLoggedIn(request) else {
            return DCLError(code: 401, message: "Authorization has been denied for this request.")
                .refusal(status: 401).response.adding("WWW-Authenticate", "Basic realm=\"api.dclcorp.com\"")
        }
        guard bucket.admit(now: request.now) else {
            return DCLError(code: 429, message: "Too many requests.").refusal(status: 429).response
                .adding("Retry-After", String(Int(max(1, bucket.wait()).rounded(.up))))
        }
        let inner = request.removingPrefix(prefix)
        switch Self.routes.match(inner) {
        case .unknown: return Self.notFound(request)
        case .wrongMethod:
            return DCLError(code: 405, message: "The resource does not support \(request.method).").refusal(status: 405)
                .response
        case .found: break
        }
        if inner.body == .other {
            return DCLError(code: 1000, message: "The request body is not valid JSON.").refusal().response
        }
        return Self.routes.answer(inner, &self) ?? Self.notFound(request)
    }

    private func isLoggedIn(_ request: SimulatedRequest) -> Bool {
        let credentials = Data("\(settings.username):\(settings.password)".utf8).base64EncodedString()
        return request.header("authorization") == "Basic \(credentials)"
    }

    private static func notFound(_ request: SimulatedRequest) -> SimulatedResponse {
        DCLError(code: 404, message: "No resource was found that matches \(request.path).").refusal(status: 404)
            .response
    }

    static let routes = RouteTable<DCLSimulator>([
        Route("POST", "batches") { try $0.submitBatch($1) },
        Route("GET", "orders") { try $0.listOrders($1) },
        Route("PUT", "orders/{number}/cancel") { try $0.cancelOrder($1) },
        Route("POST", "po_notifications") { try $0.announceReceipt($1) },
        Route("GET", "po_receipts") { try $0.listReceipts($1) },
        Route("GET", "items") { try $0.listItems($1) },
        Route("POST", "rmas") { try $0.createReturn($1) },
        Route("GET", "rmas") { try $0.listReturns($1) },
        Route("PUT", "rmas/{number}/cancel") { try $0.cancelReturn($1) },
    ])
}
