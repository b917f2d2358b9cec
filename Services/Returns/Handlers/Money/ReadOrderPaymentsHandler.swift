import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// Reads an order and its payments in the shop and posts what is new there.
///
/// *Guarantees*: an order whose webhook is archived is not asked for again as long as nothing of it was given back and
/// no more was paid than the webhook tells; where the ledger has all of that already, there is no call at all.
struct ReadOrderPaymentsHandler: EffectHandler {
    typealias Message = ReadOrderPayments

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "payments.read", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        /// An order as its webhook told of it, some time ago.
        struct Told: Codable, Sendable {
            var document: String
            /// What the customer pays for it, as a decimal.
            var total: String
        }

        var shopID: String
        var told: Told?
    }

    struct Payments: Codable, Sendable {
        /// As the shop wrote it.
        var order: String
        /// Whether it was asked for now.
        var isCurrent: Bool
        var transactions: [ShopifyTransaction]
    }

    func plan(
        _ command: ReadOrderPayments, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        guard let shopID = try await OrderView(transaction).shopID(of: command.orderID) else { return .reply(Done()) }
        guard let (told, order) = try await told(command, shopID, in: transaction) else {
            return .read(Request(shopID: shopID))
        }
        // WHY: the total is the webhook's, which may be more than what the ledger was opened for.
        if let ledger = try await LedgerStore(transaction).lock(command.orderID),
            let total = order.total(in: ledger.sale.currency.code),
            let money = try? Money(decimal: total.text, currency: ledger.sale.currency), ledger.isPaid(money)
        {
            return .reply(Done())
        }
        return .read(Request(shopID: shopID, told: told))
    }

    /// The order as the webhook tells of it; nil where that is none, or not that one, or something was given back or
    /// removed.
    private func told(
        _ command: ReadOrderPayments, _ shopID: String, in transaction: HandlerTransaction
    ) async throws -> (Request.Told, ShopifyOrder)? {
        guard let receivedID = command.receivedID,
            let body = try await ReceivedPayloads(transaction).body(of: receivedID),
            let order = try? ShopifyOrder(json: body), order.id.text == shopID, order.refunds.isEmpty,
            !order.hasRemovedUnits, let total = order.presentment.map(\.total) ?? order.total
        else { return nil }
        return (Request.Told(document: String(decoding: body, as: UTF8.self), total: total.text), order)
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Payments {
        let shop = try await accounts.shopify(call.workspaceID)
        let id = ShopifyID(request.shopID)
        let transactions = try await shop.transactions(of: id)
        if let told = request.told, Self.suffices(told, transactions) {
            return Payments(order: told.document, isCurrent: false, transactions: transactions)
        }
        let document = try await shop.orderDocument(id)
        return Payments(
            order: String(decoding: document.json, as: UTF8.self), isCurrent: true, transactions: transactions)
    }

    /// Whether the order can have changed in nothing that is posted: a webhook may be older than its payments.
    private static func suffices(_ told: Request.Told, _ transactions: [ShopifyTransaction]) -> Bool {
        guard let total = DecimalText(told.total).decimal else { return false }
        let paid = transactions.filter { $0.bringsMoney && $0.hasSucceeded }.compactMap(\.amount.decimal)
        return paid.reduce(0, +) <= total && !transactions.contains(where: \.isRefund)
    }

    func settle(
        _ payments: Payments, of request: Request, for command: ReadOrderPayments, in transaction: HandlerTransaction
    ) async throws -> Done {
        do {
            let update = PaymentsUpdate(
                orderID: command.orderID, order: try ShopifyOrder(json: Array(payments.order.utf8)),
                transactions: payments.transactions, transaction: transaction)
            try await payments.isCurrent ? update.post() : update.postCaptures()
        } catch let error as ShopifyPayloadError {
            throw UnpostablePayments(reason: error.description)
        } catch let refusal as Refusal {
            throw UnpostablePayments(reason: refusal.description)
        }
        return Done()
    }
}

/// What the shop says cannot be posted. Nobody waits for a refusal, so it goes to the dead letters, where it is seen.
struct UnpostablePayments: Error, CustomStringConvertible {
    let reason: String

    var description: String { "the payments cannot be posted: \(reason)" }
}
