import Commerce
import Contracts

extension Endpoint {
    static func operateWebhook(_ verbs: WebhookVerbs) -> [Endpoint] {
        [
            .post(
                "/webhooks/{id}/pause", .webhooksWrite,
                .webhookVerb("pauseWebhook", "Keeps events back until the endpoint is resumed")
            ) { try await verbs.operate(.pause, $0) },
            .post(
                "/webhooks/{id}/resume", .webhooksWrite,
                .webhookVerb("resumeWebhook", "Lets a paused or disabled endpoint go on, with what has waited")
            ) { try await verbs.operate(.resume, $0) },
            .delete(
                "/webhooks/{id}", .webhooksWrite,
                Operation(id: "removeWebhook", summary: "Removes an endpoint for good", answers: [202: "Webhook"])
            ) { try await verbs.operate(.remove, $0) },
            .post(
                "/webhooks/{id}/rotate-secret", .webhooksWrite,
                Operation(
                    id: "rotateWebhookSecret",
                    summary: "Makes a new secret current, shown this once; the old one signs beside it for a day",
                    body: "GivenReason", answers: [200: "WebhookWithSecret"], isBodyOptional: true)
            ) { try await verbs.rotate($0) },
            .post(
                "/webhooks/{id}/test", .webhooksWrite,
                Operation(
                    id: "testWebhook", summary: "Sends a webhook.test event, once", body: "GivenReason",
                    answers: [202: "Delivery"], isBodyOptional: true)
            ) { try await verbs.test($0) },
        ]
    }
}

extension Operation {
    fileprivate static func webhookVerb(_ id: String, _ summary: String) -> Operation {
        Operation(
            id: id, summary: summary, body: "GivenReason", answers: [202: "Webhook"], isBodyOptional: true)
    }
}

extension WebhookVerbs {
    /// Answers with the endpoint as it is then; of one that was removed, as it was.
    fileprivate func operate(_ verb: Contracts.OperateWebhook.Verb, _ request: APIRequest) async throws -> APIAnswer {
        let before = try await webhook(request)
        let command = Contracts.OperateWebhook(
            webhookID: before.id, verb: verb, reason: try request.reasonIfGiven())
        _ = try await carryOut(command, on: before.id, request)
        return .accepted(try await find(before.id, request)?.json ?? before.json)
    }

    fileprivate func rotate(_ request: APIRequest) async throws -> APIAnswer {
        let id = try await webhook(request).id
        let command = RotateWebhookSecret(
            webhookID: id, secret: try checks.newSecret(for: request.workspaceID),
            reason: try request.reasonIfGiven())
        return try await answer(200, carryOut(command, on: id, request), request)
    }

    fileprivate func test(_ request: APIRequest) async throws -> APIAnswer {
        let id = try await webhook(request).id
        let command = TestWebhook(webhookID: id, reason: try request.reasonIfGiven())
        let delivery = try await carryOut(command, on: id, request).deliveryID
        guard let delivery = try await DeliveryReader.find(delivery, in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return .accepted(delivery.json)
    }
}
