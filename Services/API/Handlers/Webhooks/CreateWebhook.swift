import Commerce
import Contracts

extension Endpoint {
    static func createWebhook(_ verbs: WebhookVerbs) -> Endpoint {
        .post(
            "/webhooks", .webhooksWrite,
            Operation(
                id: "createWebhook",
                summary: "Has events sent to an endpoint; the secret that signs them is shown this once",
                body: "WebhookCreation", answers: [201: "WebhookWithSecret"])
        ) { try await verbs.create($0) }
    }
}

extension WebhookVerbs {
    private struct Body: Decodable {
        var url: String
        var events: [String]
        var ordered: Bool?
        var description: String?
    }

    // LIMIT: a line or two.
    static let descriptionMax = 500

    fileprivate func create(_ request: APIRequest) async throws -> APIAnswer {
        let body: Body = try request.decode()
        try await checks.check(url: body.url)
        let events = try WebhookGuard.events(body.events)
        try Self.check(description: body.description)
        let id = WebhookID()
        let command = Contracts.CreateWebhook(
            webhookID: id, url: body.url, events: events, ordered: body.ordered ?? false,
            description: body.description, secret: try checks.newSecret(for: request.workspaceID),
            reason: try request.reasonIfGiven())
        return try await answer(201, carryOut(command, on: id, request), request)
    }

    static func check(description: String?) throws(Problem) {
        guard (description?.count ?? 0) <= descriptionMax else {
            throw .invalid("description", "It must be at most \(descriptionMax) characters.")
        }
    }
}
