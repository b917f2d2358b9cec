import Foundation

/// The door of the REST API: login, rate, then the endpoint.
extension ZendeskSimulator {
    mutating func respond(to request: SimulatedRequest) -> SimulatedResponse {
        guard request.path.hasPrefix("/api/v2/") else { return Refusal.zendeskNotFound.response }
        guard isLoggedIn(request) else {
            return SimulatedResponse.json(["error": "Couldn't authenticate you"], status: 401)
        }
        guard calls.admit(now: request.now) else { return limited(request.now, "Rate limit for the account exceeded") }
        let answer = answer(request.removingPrefix("/api/v2"))
        return answer.adding("X-Rate-Limit", String(calls.limit))
            .adding("X-Rate-Limit-Remaining", String(calls.remaining))
            .adding("ratelimit-limit", String(calls.limit)).adding("ratelimit-remaining", String(calls.remaining))
            .adding("ratelimit-reset", String(MinuteWindow.reset(now: request.now)))
    }

    private mutating func answer(_ request: SimulatedRequest) -> SimulatedResponse {
        switch Self.routes.match(request) {
        case .unknown: return Refusal.zendeskNotFound.response
        case .wrongMethod: return Refusal.zendesk(405, "MethodNotAllowed", "Not allowed").response
        case .found: break
        }
        if request.method == "PUT", !updates.admit(now: request.now) {
            return limited(request.now, "Number of allowed ticket updates per minute exceeded")
        }
        if request.body == .other, request.path != "/uploads.json" {
            return Refusal.zendesk(400, "Unprocessable", "The body is not valid JSON.").response
        }
        return Self.routes.answer(request, &self) ?? Refusal.zendeskNotFound.response
    }

    private func limited(_ now: Date, _ text: String) -> SimulatedResponse {
        Refusal.zendesk(429, "APIRateLimitExceeded", text).response
            .adding("Retry-After", String(MinuteWindow.reset(now: now)))
    }

    private func isLoggedIn(_ request: SimulatedRequest) -> Bool {
        let credentials = Data("\(settings.email)/token:\(settings.apiToken)".utf8).base64EncodedString()
        return request.header("authorization") == "Basic \(credentials)"
    }

    static let routes = RouteTable<ZendeskSimulator>([
        Route("POST", "tickets.json") { try $0.createTicket($1) },
        Route("GET", "tickets/{id}.json") { .json(["ticket": try $0.ticket($1.id("id")).json()]) },
        Route("PUT", "tickets/{id}.json") { try $0.updateTicket($1) },
        Route("PUT", "tickets/{id}/tags.json") { try $0.addTags($1) },
        Route("GET", "tickets/{id}/comments.json") { try $0.listComments($1) },
        Route("GET", "tickets/{id}/audits.json") { try $0.listAudits($1) },
        Route("GET", "users/{id}.json") { try $0.showUser($1) },
        Route("GET", "search.json") { try $0.search($1) },
        Route("POST", "uploads.json") { try $0.upload($1) },
        Route("DELETE", "uploads/{token}.json") { try $0.deleteUpload($1) },
    ])
}
