import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// A webhook of the shop about an order: makes the canonical order, or brings it up to date.
///
/// *Guarantees*: one order for each order of the shop, whatever comes how often and in which order; a webhook older
/// than what is known changes nothing; `order.received` is published once, when the order is first ready. What does not
/// start is stored with its reason.
/// *Failure*: ``MalformedMessage`` for a payload that is no order.
struct ReceiveShopOrder: Sendable {
    private static let topics: Set = ["orders/create", "orders/updated", "orders/paid", "orders/cancelled"]

    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        let webhook = try ReceivedWebhook(envelope)
        guard Self.topics.contains(webhook.topic) else { return }
        let payload = try await webhook.payload(in: transaction)
        do {
            try await receive(
                ShopUpdate(ShopifyOrder(json: payload), receivedID: webhook.receivedID), in: transaction)
        } catch let error as ShopifyPayloadError {
            throw MalformedMessage(error.description)
        }
    }

    func receive(_ update: ShopUpdate, in transaction: HandlerTransaction) async throws {
        guard let shopID = update.document.externalIDs["shopify"] else {
            throw MalformedMessage("the order has no id")
        }
        let orders = OrderStore(transaction)
        let new = OrderRow(update, at: transaction.now)
        if try await orders.insert(new, provider: "shopify", externalID: shopID) {
            return try await NewOrder(order: new, transaction: transaction)
                .announce(from: "the shop", update.receivedID)
        }
        guard let order = try await orders.lock(provider: "shopify", externalID: shopID) else { return }
        try await ShopOrderChange(order: order, update: update, transaction: transaction).apply()
    }
}

extension OrderRow {
    /// The order as the first webhook that tells of it describes it.
    fileprivate init(_ update: ShopUpdate, at now: Date) {
        self.init(document: update.document, shopUpdatedAt: update.updatedAt)
        reason = update.readiness.reason
        switch update.readiness {
        case .ready: startedAt = now
        case .waiting, .skipped: break
        case .cancelled: status = .cancelled
        }
    }
}
