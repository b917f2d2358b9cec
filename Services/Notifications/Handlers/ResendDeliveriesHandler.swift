import Commerce
import Contracts
import Messaging

/// Sends deliveries again; many of them part by part.
struct ResendDeliveriesHandler: CommandHandler {
    var batchMax = DeliveryStore.batchMax

    func handle(
        _ command: ResendDeliveries, in transaction: HandlerTransaction
    ) async throws -> ResendDeliveries.Reply {
        switch (command.deliveryID, command.webhookID, command.filter) {
        case (let id?, nil, nil):
            let resent = try await DeliveryStore(transaction).resend(id)
            guard resent == 1 else { throw Refusal(code: "not_found", message: "There is no delivery \(id).") }
            let reply = ResendDeliveries.Reply(resent: resent)
            try await audit(id.description, nil, reply, command.reason, transaction)
            return reply
        case (nil, let id?, let filter?):
            let reply = try await resend(of: id, filter, command, transaction)
            // WHY: one request, one entry; the parts that follow are the same request.
            if command.after == nil {
                try await audit(id.description, filter, reply, command.reason, transaction)
            }
            return reply
        default:
            throw Refusal(code: "bad_resend", message: "Name a delivery, or a webhook with a filter.")
        }
    }

    /// What was asked for. Of many, those that follow by themselves are not counted.
    private struct Audited: Encodable {
        var filter: ResendDeliveries.Filter?
        var resent: Int
        var more: Bool?
    }

    private func audit(
        _ subject: String, _ filter: ResendDeliveries.Filter?, _ reply: ResendDeliveries.Reply, _ reason: String?,
        _ transaction: HandlerTransaction
    ) async throws {
        let audited = Audited(filter: filter, resent: reply.resent, more: reply.more)
        try await transaction.audit(
            AuditEntry(
                action: "webhook.resent", subject: subject, reason: reason, after: try RawJSON(encoding: audited)))
    }

    private func resend(
        of id: WebhookID, _ filter: ResendDeliveries.Filter, _ command: ResendDeliveries,
        _ transaction: HandlerTransaction
    ) async throws -> ResendDeliveries.Reply {
        let webhook = try await WebhookStore(transaction).lock(id)
        let resent = try await DeliveryStore(transaction).resend(
            of: webhook, filter, after: command.after, limit: batchMax)
        guard resent.count >= batchMax, let last = resent.last else { return .init(resent: resent.count, more: false) }
        var rest = command
        rest.after = last
        // WHY: what happens from now on was not asked for.
        rest.filter?.until = filter.until ?? transaction.now
        try transaction.send(rest, subject: id.description)
        return .init(resent: resent.count, more: true)
    }
}
