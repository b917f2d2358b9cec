import Commerce
import Postgres

extension Endpoint {
    static func listDeliveries(_ verbs: WebhookVerbs) -> Endpoint {
        .get(
            "/webhooks/{id}/deliveries", .webhooksRead,
            .list("listDeliveries", "What was sent to an endpoint or is to be, newest first", query, of: "Delivery")
        ) { request in
            let webhook = try await verbs.webhook(request)
            let filter = DeliveryReader.Filter(
                webhookID: webhook.id,
                status: try request.query.oneOf("status", DeliveryReader.statuses),
                type: request.query.text("type"), subject: request.query.text("subject"),
                since: try request.query.time("since"), until: try request.query.time("until"))
            let page = try await DeliveryReader.list(
                filter, PageRequest(request.query), in: request.workspaceID, verbs.pool)
            return .ok(page.json(\.json))
        }
    }

    static func showDelivery(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/deliveries/{id}", .webhooksRead,
            .show("showDelivery", "One delivery with its payload and every attempt", "DeliveryDetail")
        ) { request in
            let id = try request.id(DeliveryID.self)
            guard let delivery = try await DeliveryReader.find(id, in: request.workspaceID, pool) else {
                throw Problem.notFound
            }
            let attempts = try await DeliveryReader.attempts(of: id, in: request.workspaceID, pool)
            return .ok(delivery.json(with: attempts))
        }
    }

    private static var query: [Operation.QueryParameter] {
        let time: JSON = ["type": "string", "format": "date-time"]
        return [
            .init(name: "status", description: "How they stand.", schema: Schemas.oneOf(DeliveryReader.statuses)),
            .init(name: "type", description: "Of the event, e.g. ticket.updated."),
            .init(name: "subject", description: "What the event is about, e.g. a ticket's id."),
            .init(name: "since", description: "Only events of this time or later.", schema: time),
            .init(name: "until", description: "Only events before this time.", schema: time),
        ]
    }
}
