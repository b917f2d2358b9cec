import Foundation

/// The door of the REST API: login, rate, then the endpoint.
extension GorgiasSimulator {
    mutating func respond(to request: SimulatedRequest) -> SimulatedResponse {
        guard request.path.hasPrefix("/api/") else { return Refusal.gorgiasNotFound.response }
        guard isLoggedIn(request) else {
            return Refusal.gorgias(401, "Invalid credentials.").response.adding("WWW-Authenticate", "Basic")
        }
        guard bucket.admit(now: request.now) else {
            return limited(Refusal.gorgias(429, "Too many requests.").response, wait: max(1, bucket.wait()))
        }
        return limited(answer(request.removingPrefix("/api")), wait: 0)
    }

    private mutating func answer(_ request: SimulatedRequest) -> SimulatedResponse {
        switch Self.routes.match(request) {
        case .unknown: return Refusal.gorgiasNotFound.response
        case .wrongMethod: return Refusal.gorgias(405, "The method is not allowed.").response
        case .found: break
        }
        if request.body == .other, request.path != "/upload" {
            return Refusal.gorgias(400, "The body is not valid JSON.").response
        }
        return Self.routes.answer(request, &self) ?? Refusal.gorgiasNotFound.response
    }

    /// The wait stands on every answer; it counts with a 429 only.
    private func limited(_ response: SimulatedResponse, wait: Double) -> SimulatedResponse {
        response.adding("X-Gorgias-Account-Api-Call-Limit", "\(bucket.filled)/\(Int(bucket.size))")
            .adding("Retry-after", String(Int(wait.rounded(.up))))
    }

    private func isLoggedIn(_ request: SimulatedRequest) -> Bool {
        let credentials = Data("\(settings.username):\(settings.apiKey)".utf8).base64EncodedString()
        return request.header("authorization") == "Basic \(credentials)"
    }

    static let routes = RouteTable<GorgiasSimulator>([
        Route("GET", "tickets") { try $0.listTickets($1) },
        Route("POST", "tickets") { try $0.createTicket($1) },
        Route("GET", "tickets/{id}") { .json(try $0.ticket($1.id("id")).json()) },
        Route("PUT", "tickets/{id}") { try $0.updateTicket($1) },
        Route("GET", "tickets/{id}/messages") { try $0.listMessages($1, ofTicket: $1.id("id")) },
        Route("POST", "tickets/{id}/messages") { try $0.createMessage($1) },
        Route("GET", "messages") {
            try $0.listMessages($1, ofTicket: $1.request.query("ticket_id").flatMap { Int($0) })
        },
        Route("POST", "upload") { try $0.upload($1) },
    ])
}
