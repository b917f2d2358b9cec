import Foundation

/// The door of the API: token, version, rate, then the endpoint.
extension RechargeSimulator {
    private static let versions: Set<String> = ["2021-01", "2021-11"]

    mutating func respond(to request: SimulatedRequest) -> SimulatedResponse {
        guard request.header("x-recharge-access-token") == settings.accessToken else {
            return Refusal(response: .json(["error": "bad authentication"], status: 401)).response
        }
        if let version = request.header("x-recharge-version"), !Self.versions.contains(version) {
            return Refusal.recharge(400, "\(version) is not a version of this API.").response
        }
        guard bucket.admit(now: request.now) else {
            return Refusal(response: .json(["warning": "too many requests"], status: 429)).response
        }
        switch Self.routes.match(request) {
        case .unknown: return Refusal.rechargeNotFound.response
        case .wrongMethod: return Refusal.recharge(405, "Method Not Allowed").response
        case .found: break
        }
        if !request.bytes.isEmpty, request.header("content-type")?.hasPrefix("application/json") != true {
            return Refusal.recharge(415, "The body must be JSON.").response
        }
        guard request.body != .other else { return Refusal.recharge(400, "The body is not valid JSON.").response }
        return Self.routes.answer(request, &self) ?? Refusal.rechargeNotFound.response
    }

    static let routes = RouteTable<RechargeSimulator>([
        Route("GET", "customers") { try $0.listCustomers($1) },
        Route("GET", "subscriptions") { try $0.listSubscriptions($1) },
        Route("GET", "subscriptions/{id}") { try $0.answer(try $0.subscription($1.id("id")), $1) },
        Route("PUT", "subscriptions/{id}") { try $0.changeSubscription($1) },
        Route("POST", "subscriptions/{id}/cancel") { try $0.cancelSubscription($1) },
        Route("POST", "subscriptions/{id}/activate") { try $0.activateSubscription($1) },
        Route("POST", "subscriptions/{id}/set_next_charge_date") { try $0.moveNextCharge($1) },
        Route("POST", "subscriptions/{id}/change_address") { try $0.changeAddress($1) },
        Route("GET", "charges") { try $0.listCharges($1) },
        Route("GET", "charges/{id}") { .json(["charge": try $0.charge($1.id("id")).json()]) },
        Route("POST", "charges/{id}/skip") { try $0.skipCharge($1) },
        Route("POST", "charges/{id}/unskip") { try $0.unskipCharge($1) },
        Route("POST", "charges/{id}/refund") { try $0.refundCharge($1) },
        Route("POST", "addresses/{id}/charges/skip") { try $0.skipFutureCharge($1) },
    ])

    static func fields(_ call: Call, _ known: Set<String>) throws -> StrictFields {
        guard call.request.body == .empty || call.request.json.object != nil else {
            throw Refusal.recharge(400, "The body must be an object.")
        }
        let fields = StrictFields(
            object: call.request.json.object ?? JSONObject(), refuse: Refusal.recharge(problem:_:))
        try fields.allow(known)
        return fields
    }

    /// In the words of the version that was asked for; without one the token's own, which is old.
    func answer(_ subscription: RechargeSubscription, _ call: Call) throws -> SimulatedResponse {
        .json(["subscription": json(subscription, isOld: Self.isOld(call.request))])
    }

    static func isOld(_ request: SimulatedRequest) -> Bool { request.header("x-recharge-version") != "2021-11" }
}
