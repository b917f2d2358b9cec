import Commerce
import Contracts
import Messaging
import Postgres

/// What callers do to endpoints, in their name.
struct WebhookVerbs: Sendable {
    let pool: PostgresPool
    let sender: CommandSender
    let checks: WebhookGuard

    /// Sends a command about one endpoint and gives its reply.
    ///
    /// Failure: 404, 409 with what is possible, 422; 503 while `notifications` does not answer.
    func carryOut<C: Command>(_ command: C, on id: WebhookID, _ request: APIRequest) async throws -> C.Reply {
        switch try await sender.send(command, subject: id.description, for: request) {
        case .accepted(let reply): return try reply.decode()
        case .refused(let refusal):
            throw Problem(refusal, allowed: try await find(id, request)?.allowedVerbs ?? [])
        case .pending:
            throw Problem(503, "unavailable", CommandOutcome.passedOn)
        }
    }

    /// The endpoint that the path names. Failure: 404.
    func webhook(_ request: APIRequest) async throws -> WebhookReader.Record {
        guard let webhook = try await find(request.id(WebhookID.self), request) else { throw Problem.notFound }
        return webhook
    }

    func find(_ id: WebhookID, _ request: APIRequest) async throws -> WebhookReader.Record? {
        try await WebhookReader.find(id, in: request.workspaceID, pool)
    }

    /// The endpoint with its secret, which a repeat of the request does not show again.
    func answer(
        _ status: Int, _ reply: CreateWebhook.Reply, _ request: APIRequest
    ) async throws -> APIAnswer {
        guard let webhook = try await find(reply.webhookID, request) else { throw Problem.notFound }
        let secret = try checks.reveal(reply.secret, of: request.workspaceID)
        var answer = APIAnswer(status: status, body: webhook.json.adding(["secret": .string(secret)]))
        if status == 201 {
            let path = "/v1/workspaces/\(request.workspaceID)/webhooks/\(webhook.id)"
            answer.headers = [.init(name: "Location", value: path)]
        }
        answer.repeatBody = webhook.json.adding(["secret": nil])
        return answer
    }
}
