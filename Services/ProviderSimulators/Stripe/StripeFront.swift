import Foundation

/// The door of API v1: key, rate, idempotency, then the endpoint.
extension StripeSimulator {
    private static let keyMax = 255

    mutating func respond(to request: SimulatedRequest) -> SimulatedResponse {
        let requestID = "req_\(String(requestNumber.take(), radix: 36))"
        let key = request.header("idempotency-key")
        cause = ["id": .string(requestID), "idempotency_key": .text(key)]
        defer { cause = ["id": nil, "idempotency_key": nil] }
        return admit(request, key: key).adding("Request-Id", requestID)
    }

    private mutating func admit(_ request: SimulatedRequest, key: String?) -> SimulatedResponse {
        guard request.path.hasPrefix("/v1/") else { return Self.unknown(request) }
        guard request.header("authorization") == "Bearer \(settings.secretKey)" else {
            return Refusal.stripe(401, "Invalid API Key provided.").response
        }
        guard bucket.admit(now: request.now) else {
            return Refusal.stripe(429, code: "rate_limit", "Request rate limit exceeded.").response
                .adding("stripe-should-retry", "true").adding("Stripe-Rate-Limited-Reason", "global-rate")
        }
        let inner = request.removingPrefix("/v1")
        guard case .found = Self.routes.match(inner) else { return Self.unknown(request) }
        guard request.method == "POST", let key else { return execute(inner) }
        guard (1...Self.keyMax).contains(key.count) else {
            return Refusal.stripe(400, "Idempotency keys have at most \(Self.keyMax) characters.").response
        }
        switch idempotency.find(key, inner) {
        case .same(var response):
            response.applied = false
            return response.adding("Idempotent-Replayed", "true")
        case .other:
            return Refusal.stripe(
                400, type: "idempotency_error",
                "Keys for idempotent requests can only be used with the same parameters they were first used with."
            ).response
        case .new: return remember(execute(inner), key, inner)
        }
    }

    /// What fails a check has not begun and is not kept; everything after that is, failures too.
    private mutating func remember(
        _ response: SimulatedResponse, _ key: String, _ request: SimulatedRequest
    ) -> SimulatedResponse {
        if response.status < 400 || response.status >= 500 { idempotency.keep(response, for: key, request) }
        return response
    }

    private mutating func execute(_ request: SimulatedRequest) -> SimulatedResponse {
        if request.method == "POST", brokenWrites > 0 {
            brokenWrites -= 1
            return Refusal.stripe(500, type: "api_error", "An unknown error occurred.").response
        }
        return Self.routes.answer(request, &self) ?? Self.unknown(request)
    }

    private static func unknown(_ request: SimulatedRequest) -> SimulatedResponse {
        Refusal.stripe(404, "Unrecognized request URL (\(request.method): \(request.path)).").response
    }

    static let routes = RouteTable<StripeSimulator>([
        Route("POST", "refunds") { try $0.createRefund($1) },
        Route("GET", "refunds") { try $0.listRefunds($1) },
        Route("GET", "refunds/{id}") { .json(try $0.refund($1["id"]).json()) },
        Route("POST", "refunds/{id}") { try $0.updateRefund($1) },
        Route("POST", "refunds/{id}/cancel") { try $0.cancelRefund($1) },
        Route("GET", "charges/{id}") { .json(try $0.charge($1["id"]).json()) },
        Route("GET", "payment_intents/{id}") { .json(try $0.charge(ofIntent: $1["id"]).paymentIntentJSON()) },
        Route("GET", "subscriptions") { try $0.listSubscriptions($1) },
        Route("GET", "subscriptions/{id}") { .json(try $0.subscription($1["id"]).json()) },
        Route("POST", "subscriptions/{id}") { try $0.updateSubscription($1) },
        Route("DELETE", "subscriptions/{id}") { try $0.endSubscription($1) },
    ])
}
