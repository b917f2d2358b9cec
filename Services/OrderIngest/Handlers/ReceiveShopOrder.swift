import Commerce
import Contracts
import Foundation
import Messaging
import Providers

/// A webhook of the shop about an order: makes the canonical order, or brings it up to date.
///
/// *Guarantees*: one order for each order of the shop, whatever comes how often and in which order; a webhook older
/// than what is known changes nothing; `order.received` is published once, when the order is first ready. What does not
/// start is stored with its reason.
/// *Failure*: ``MalformedMessage`` for a payload that is no order.
struct ReceiveShopOrder: Sendable {
    private static let topics: Set = ["orders/create", "orders/updated", "orders/paid", "orders/cancelled"]

    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        let webhook: ShopWebhook = try envelope.data()
        guard Self.topics.contains(webhook.topic ?? envelope.attributes.type.shopTopic) else { return }
        let payload = try await webhook.payload(in: transaction)
        do {
            try await receive(ShopUpdate(ShopifyOrder(json: payload)), in: transaction)
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
            return try await NewOrder(order: new, transaction: transaction).announce(from: "the shop")
        }
        guard let order = try await orders.lock(provider: "shopify", externalID: shopID) else { return }
        try await ShopOrderChange(order: order, update: update, transaction: transaction).apply()
    }
}

/// `data` of `webhook.shopify.…`: the payload itself where a person published it, otherwise where it is archived.
private struct ShopWebhook: Decodable {
    var topic: String?
    var receivedID: ReceivedID?
    var payload: JSONValue?

    enum CodingKeys: String, CodingKey {
        case topic, payload
        case receivedID = "received_id"
    }

    func payload(in transaction: HandlerTransaction) async throws -> [UInt8] {
        if let payload { return try RawJSON(encoding: payload).bytes }
        guard let receivedID else { throw MalformedMessage("'data.payload' or 'data.received_id' is missing") }
        guard let body = try await ReceivedPayloads(transaction).body(of: receivedID) else {
            throw MalformedMessage("no payload is archived under \(receivedID)")
        }
        return body
    }
}

extension String {
    /// `webhook.shopify.orders.paid` is about `orders/paid`.
    fileprivate var shopTopic: String {
        split(separator: ".").dropFirst(2).joined(separator: "/")
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
