import Commerce
import Postgres

extension Endpoint {
    static func listWebhooks(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/webhooks", .webhooksRead, .list("listWebhooks", "Endpoints, newest first", [], of: "Webhook")
        ) { request in
            let page = try await WebhookReader.list(PageRequest(request.query), in: request.workspaceID, pool)
            return .ok(page.json(\.json))
        }
    }

    static func showWebhook(_ verbs: WebhookVerbs) -> Endpoint {
        .get("/webhooks/{id}", .webhooksRead, .show("showWebhook", "One endpoint and how it fares", "Webhook")) {
            .ok(try await verbs.webhook($0).json)
        }
    }
}
