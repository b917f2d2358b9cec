import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// News of the shop about money. What it tells is a hint: the payments are read again there. Only a dispute is taken at
/// its word, because the order does not tell it.
///
/// *Failure*: ``MalformedMessage`` for a payload that cannot be read.
struct ReceiveShopMoney: Sendable {
    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        let webhook = try ReceivedWebhook(envelope)
        guard let matter = Matter(webhook.topic) else { return }
        let payload = try await ShopMoneyPayload(json: webhook.payload(in: transaction))
        guard let orderID = try await OrderView(transaction).order(shopID: payload.orderID(for: matter)) else {
            // Payments of an order that is not here yet are read when it comes; a dispute would be lost.
            if matter == .dispute { throw PaymentsNotRead(orderID: nil) }
            return
        }
        switch matter {
        case .dispute: try await DisputeUpdate(orderID: orderID, dispute: payload, transaction: transaction).post()
        // An order without refunds or removed units has nothing new but its payment, which `orders/paid` tells.
        case .orderChanged where payload.refunds?.isEmpty != false && !payload.hasRemovedUnits: break
        case .order, .orderChanged, .partOfOrder:
            let told = matter == .order ? webhook.receivedID : nil
            try transaction.send(
                ReadOrderPayments(orderID: orderID, receivedID: told), subject: orderID.description)
        }
    }
}

/// What a topic is about.
enum Matter {
    case order, orderChanged, partOfOrder, dispute

    init?(_ topic: String) {
        switch topic {
        case "orders/paid", "orders/edited": self = .order
        case "orders/updated": self = .orderChanged
        case "refunds/create", "order_transactions/create": self = .partOfOrder
        case "disputes/create", "disputes/update": self = .dispute
        default: return nil
        }
    }
}

/// The fields of an order, its edit, a refund, transaction or dispute that say what it is about.
struct ShopMoneyPayload: Decodable, Sendable {
    struct Refund: Decodable, Sendable {}

    struct Line: Decodable, Sendable {
        let quantity, current: DecimalText?

        enum CodingKeys: String, CodingKey {
            case quantity
            case current = "current_quantity"
        }
    }

    let id: ShopifyID
    let order: ShopifyID?
    let refunds: [Refund]?
    /// Of an order; an edit tells them otherwise.
    let lines: [Line]?
    let amount: DecimalText?
    let currency: String?
    let status: String?

    enum CodingKeys: String, CodingKey {
        case id, refunds, amount, currency, status
        case order = "order_id"
        case edit = "order_edit"
        case lines = "line_items"
    }

    /// An edit is told as one, within `order_edit`, and stands for its order.
    init(from decoder: any Decoder) throws {
        var container = try decoder.container(keyedBy: CodingKeys.self)
        let isEdit = container.contains(.edit)
        if isEdit { container = try container.nestedContainer(keyedBy: CodingKeys.self, forKey: .edit) }
        order = try container.decodeIfPresent(ShopifyID.self, forKey: .order)
        id = try container.decode(ShopifyID.self, forKey: isEdit ? .order : .id)
        refunds = try container.decodeIfPresent([Refund].self, forKey: .refunds)
        lines = isEdit ? nil : try container.decodeIfPresent([Line].self, forKey: .lines)
        amount = try container.decodeIfPresent(DecimalText.self, forKey: .amount)
        currency = try container.decodeIfPresent(String.self, forKey: .currency)
        status = try container.decodeIfPresent(String.self, forKey: .status)
    }

    init(json: [UInt8]) throws(MalformedMessage) {
        do {
            self = try JSONDecoder().decode(ShopMoneyPayload.self, from: Data(json))
        } catch {
            throw MalformedMessage("the payload has no id, or fields of another kind than the shop's")
        }
    }

    /// Whether any of an order's units were removed since it was made.
    fileprivate var hasRemovedUnits: Bool {
        (lines ?? []).contains { line in
            guard let sold = line.quantity?.wholeNumber, let left = line.current?.wholeNumber else { return false }
            return left < sold
        }
    }

    fileprivate func orderID(for matter: Matter) throws(MalformedMessage) -> String {
        switch matter {
        case .order, .orderChanged: return id.text
        case .partOfOrder, .dispute:
            guard let order else { throw MalformedMessage("the payload names no order") }
            return order.text
        }
    }
}
