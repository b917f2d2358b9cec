import Commerce
import Messaging

/// What the world outside is told of: the events that outgoing webhooks can be subscribed to.
///
/// On the exchange each is an event of that type whose `data` is the entity's record as the API shows it, with what
/// concerns the customer's person left out, and whose `subject` is the entity's id. Of an update, `previous` in `data`
/// holds the old values of the members that changed. Of a refund it is what became of it, with the ids of its order and
/// its return; of `webhook.disabling`, how far the endpoint is. Whoever owns an entity publishes its events.
public enum PublicEvent: String, CaseIterable, Codable, Sendable {
    case ticketCreated = "ticket.created"
    case ticketUpdated = "ticket.updated"
    case orderCreated = "order.created"
    case orderUpdated = "order.updated"
    case orderFulfilled = "order.fulfilled"
    case orderDelivered = "order.delivered"
    case orderCancelled = "order.cancelled"
    case returnCreated = "return.created"
    case returnUpdated = "return.updated"
    case warrantyCreated = "warranty.created"
    case warrantyUpdated = "warranty.updated"
    case refundSucceeded = "refund.succeeded"
    case refundFailed = "refund.failed"
    case shipmentUpdated = "shipment.updated"
    case webhookDisabling = "webhook.disabling"
}

extension HandlerTransaction {
    /// Tells the world outside what has become of an entity.
    public func announce(_ event: PublicEvent, _ record: some Encodable, subject: String) throws {
        try announce(event, RawJSON(encoding: record), subject: subject)
    }

    /// Tells the world outside that an entity is another than it was; nothing where both records are the same.
    /// - Parameter ignoring: members whose change alone is no news, such as `updated_at`.
    public func announce(
        _ event: PublicEvent, _ record: some Encodable, before: some Encodable, ignoring: Set<String> = ["updated_at"],
        subject: String
    ) throws {
        let record = try RawJSON(encoding: record)
        let previous = try record.changes(since: RawJSON(encoding: before), ignoring: ignoring)
        guard !previous.isEmpty else { return }
        try announce(event, record.adding("previous", RawJSON(members: previous)), subject: subject)
    }

    private func announce(_ event: PublicEvent, _ data: RawJSON, subject: String) throws {
        send(try messages.event(type: event.rawValue, data: data, subject: subject, context: context))
    }
}

extension RawJSON {
    /// The old values of the members that are others now; a member that was not there was null.
    ///
    /// Both must have been written by one encoder: equal values have equal bytes then.
    func changes(since before: RawJSON, ignoring: Set<String>) -> [(name: String, value: RawJSON)] {
        func table(_ json: RawJSON) -> [String: RawJSON] {
            Dictionary((json.members ?? []).map { ($0.name, $0.value) }) { first, _ in first }
        }
        let (old, new, null) = (table(before), table(self), RawJSON(text: "null"))
        return Set(old.keys).union(new.keys).subtracting(ignoring).sorted().compactMap { name in
            let was = old[name] ?? null
            return was == new[name] ?? null ? nil : (name, was)
        }
    }
}
