import Commerce
import Contracts
import Messaging

/// Sends deliveries again; many of them part by part.
struct ResendDeliveriesHandler: CommandHandler {
    var batchMax = DeliveryStore.batchMax

    func handle(
        _ command: ResendDeliveries, in transaction: HandlerTransaction
    ) async throws -> ResendDeliveries.Reply {
        let (subject, reply): (String, ResendDeliveries.Reply)
        switch (command.deliveryID, command.webhookID, command.filter) {
        case (let id?, nil, nil):
            let resent = try await DeliveryStore(transaction).resend(id)
            guard resent == 1 else { throw Refusal(code: "not_found", message: "There is no delivery \(id).") }
            (subject, reply) = (id.description, ResendDeliveries.Reply(resent: resent))
        case (nil, let id?, let filter?):
            (subject, reply) = (id.description, try await resend(of: id, filter, command, transaction))
        default:
            throw Refusal(code: "bad_resend", message: "Name a delivery, or a webhook with a filter.")
        }
        try await transaction.audit(
            AuditEntry(
                action: "webhook.resent", subject: subject, reason: command.reason,
                after: try RawJSON(encoding: ["resent": reply.resent])))
        return reply
    }

    private func resend(
        of id: WebhookID, _ filter: ResendDeliveries.Filter, _ command: ResendDeliveries,
        _ transaction: HandlerTransaction
    ) async throws -> ResendDeliveries.Reply {
        let webhook = try await WebhookStore(transaction).lock(id)
        let resent = try await DeliveryStore(transaction).resend(
            of: webhook.id, filter, after: command.after, limit: batchMax)
        guard resent.count == batchMax, let last = resent.last else { return .init(resent: resent.count, more: false) }
        var rest = command
        rest.after = last
        // WHY: what happens from now on was not asked for.
        rest.filter?.until = filter.until ?? transaction.now
        try transaction.send(rest, subject: id.description)
        return .init(resent: resent.count, more: true)
    }
}
