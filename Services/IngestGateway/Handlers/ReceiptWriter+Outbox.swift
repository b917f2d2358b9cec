import Commerce
import Contracts
import Messaging
import Postgres
import Providers

extension ReceiptWriter {
    /// Stores with what follows from it: one message for each delivery that is new and that a service listens to.
    convenience init(outbox: TransactionalOutbox) {
        self.init { batch, workspaceID in
            let context = MessageContext(workspaceID: workspaceID, actor: outbox.factory.source.rawValue)
            return try await outbox.transaction(context) { transaction in
                let holders = try await ReceivedStore.insert(
                    batch, workspaceID: workspaceID, at: transaction.now, in: transaction.database)
                for (accepted, holder) in zip(batch, holders) where holder == accepted.id {
                    guard ProviderCatalog.provider(named: accepted.provider)?.isHeard == true else { continue }
                    transaction.send(try Self.message(accepted, transaction))
                }
                return holders
            }
        }
    }

    private static func message(
        _ accepted: ReceivedStore.Accepted, _ transaction: HandlerTransaction
    ) throws -> OutgoingMessage {
        let event = WebhookReceived(
            provider: accepted.provider, topic: accepted.webhook.topic, receivedID: accepted.id)
        return try transaction.messages.event(
            named: event.routingKey, data: event.json, subject: accepted.id.description,
            context: MessageContext(workspaceID: transaction.workspaceID, actor: accepted.provider))
    }
}

extension WebhookReceived {
    /// `webhook.shopify.orders.paid`: a topic's slashes are the words of a routing key.
    fileprivate var routingKey: String {
        let words = topic.utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: ".") : $0 }
        return "webhook.\(provider).\(String(decoding: words, as: UTF8.self))"
    }

    /// As an encoder writes it, but by hand: the encoder took a fiftieth of all that a webhook costs.
    var json: RawJSON {
        // LIMIT: what the three of an ordinary webhook take; more costs a second allocation.
        var json = JSONText(capacity: 192)
        json.append(#"{"provider":"#)
        json.append(text: provider)
        if let receivedID {
            json.append(#","received_id":"#)
            json.append(text: receivedID.description)
        }
        json.append(#","topic":"#)
        json.append(text: topic)
        json.append("}")
        return RawJSON(bytes: json.bytes)
    }
}

extension Error {
    /// Whether the same batch may well be stored a moment later.
    var isTemporary: Bool { (self as? PostgresError).map { $0.retryability != .doNotRetry } ?? false }
}
