import Commerce
import Contracts

extension Endpoint {
    static func changeWebhook(_ verbs: WebhookVerbs) -> Endpoint {
        .put(
            "/webhooks/{id}", .webhooksWrite,
            Operation(
                id: "changeWebhook", summary: "Changes what is given of an endpoint; the rest stays",
                body: "WebhookChange", answers: [200: "Webhook"])
        ) { try await verbs.change($0) }
    }
}

extension WebhookVerbs {
    private struct Body: Decodable {
        var url: String?
        var events: [String]?
        var ordered: Bool?
        var description: String?
    }

    fileprivate func change(_ request: APIRequest) async throws -> APIAnswer {
        let body: Body = try request.decode()
        let id = try await webhook(request).id
        if let url = body.url { try await checks.check(url: url) }
        try Self.check(description: body.description)
        let command = Contracts.ChangeWebhook(
            webhookID: id, url: body.url, events: try body.events.map(WebhookGuard.events), ordered: body.ordered,
            description: body.description, reason: try request.reasonIfGiven())
        _ = try await carryOut(command, on: id, request)
        return .ok(try await webhook(request).json)
    }
}
