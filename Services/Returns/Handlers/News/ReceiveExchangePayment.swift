import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// The shop has made an order of a draft: where it was an exchange's, the customer has paid what it costs more. Taken as
/// a hint: the saga looks at the draft itself.
///
/// *Failure*: ``MalformedMessage`` for a payload that cannot be read.
struct ReceiveExchangePayment: Sendable {
    private struct Draft: Decodable {
        let id: ShopifyID
        let status: String?
    }

    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        let webhook = try ReceivedWebhook(envelope)
        guard webhook.topic == "draft_orders/update" else { return }
        let payload = try await webhook.payload(in: transaction)
        let draft: Draft
        do {
            draft = try JSONDecoder().decode(Draft.self, from: Data(payload))
        } catch {
            throw MalformedMessage("the payload is no draft order")
        }
        guard draft.status == "completed", let id = try await ReturnStore(transaction).find(exchange: draft.id.text)
        else { return }
        try transaction.publish(ExchangePaid(returnID: id), subject: id.description)
    }
}
