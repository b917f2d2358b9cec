import Foundation

/// The doors: of the tokens, and of the books.
extension QuickBooksSimulator {
    private static let tokenPath = "/oauth2/v1/tokens/bearer"

    mutating func respond(to request: SimulatedRequest) -> SimulatedResponse {
        if request.path == Self.tokenPath { return renew(request) }
        let call = callNumber.takeUUID(prefix: "1-65e5a2f2-0c3b-4d5e")
        let answer = admit(request).adding("intuit_tid", call)
        guard let body = answer.document.object, request.path.hasPrefix("/v3/") else { return answer }
        var timed = answer
        timed.body = .json(.object(body.merging(JSONObject([("time", .string(Timestamps.utc(request.now)))]))))
        return timed
    }

    private mutating func admit(_ request: SimulatedRequest) -> SimulatedResponse {
        let prefix = "/v3/company/\(settings.realmID)"
        let token = request.header("authorization")?.split(separator: " ").last.map(String.init) ?? ""
        guard tokens.isGood(token, now: request.now) else {
            return Refusal.quickBooks(
                401, "3200", "message=AuthenticationFailed; errorCode=003200; statusCode=401",
                "Token expired or revoked", type: "AUTHENTICATION"
            ).response
        }
        guard request.path.hasPrefix("\(prefix)/") else {
            return Refusal.quickBooks(
                403, "3100", "message=ApplicationAuthorizationFailed; errorCode=003100; statusCode=403",
                "The app is not connected to this company.", type: "AuthorizationFault"
            ).response
        }
        guard bucket.admit(now: request.now) else {
            return Refusal.quickBooks(
                429, "3001", "message=ThrottleExceeded; errorCode=003001; statusCode=429",
                "The request limit was reached.", type: "SERVICE"
            ).response
        }
        let inner = request.removingPrefix(prefix)
        guard case .found = Self.routes.match(inner) else {
            return Refusal.quickBooks(
                404, "500", "Unsupported Operation", "Operation \(inner.method) \(inner.path) is not supported."
            ).response
        }
        guard inner.body != .other else {
            return Refusal.quickBooks(400, "2010", "Request has invalid JSON", "The body is not valid JSON.").response
        }
        return Self.routes.answer(inner, &self) ?? Refusal.quickBooksGone("Resource", inner.path).response
    }

    private mutating func renew(_ request: SimulatedRequest) -> SimulatedResponse {
        let credentials = Data("\(settings.clientID):\(settings.clientSecret)".utf8).base64EncodedString()
        guard request.method == "POST", request.header("authorization") == "Basic \(credentials)" else {
            return .json(["error": "invalid_client"], status: 401)
        }
        let form = SimulatedRequest.parseQuery(String(decoding: request.bytes, as: UTF8.self))
        guard form.first(where: { $0.name == "grant_type" })?.value == "refresh_token",
            request.header("content-type")?.hasPrefix("application/x-www-form-urlencoded") == true
        else { return .json(["error": "unsupported_grant_type"], status: 400) }
        let given = form.first { $0.name == "refresh_token" }?.value ?? ""
        guard let renewed = tokens.renew(given, now: request.now) else {
            return .json(
                ["error": "invalid_grant", "error_description": "Incorrect or expired refresh token"], status: 400)
        }
        return .json([
            "token_type": "bearer", "expires_in": .int(Int(QuickBooksTokens.lifetime)),
            "refresh_token": .string(renewed.refresh), "x_refresh_token_expires_in": 8_726_400,
            "access_token": .string(renewed.access),
        ])
    }

    static let routes = RouteTable<QuickBooksSimulator>([
        Route("GET", "companyinfo/{id}") { state, _ in
            .json(["CompanyInfo": ["Id": "1", "CompanyName": "Mienne", "Country": "US", "SyncToken": "0"]])
        },
        Route("GET", "query") { try $0.runQuery($1) },
        Route("POST", "refundreceipt") { try $0.write(.refundReceipt, $1) },
        Route("GET", "refundreceipt/{id}") { try $0.show(.refundReceipt, $1) },
        Route("POST", "creditmemo") { try $0.write(.creditMemo, $1) },
        Route("GET", "creditmemo/{id}") { try $0.show(.creditMemo, $1) },
    ])
}
