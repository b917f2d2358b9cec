import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Reads an order and its payments in the shop and posts what is new there.
///
/// *Guarantees*: an order whose webhook is archived is not asked for again as long as nothing of it was given back; of
/// one that is paid in full already, its webhook brings no call at all.
struct ReadOrderPaymentsHandler: EffectHandler {
    typealias Message = ReadOrderPayments

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "payments.read", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var shopID: String
        /// The order as its webhook told of it, some time ago.
        var told: String?
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
        guard let receivedID = command.receivedID else { return .read(Request(shopID: shopID)) }
        if let ledger = try await LedgerStore(transaction).lock(command.orderID), try ledger.isPaidInFull {
            return .reply(Done())
        }
        let webhook = try await ReceivedPayloads(transaction).body(of: receivedID)
        let told = webhook.map { String(decoding: $0, as: UTF8.self) }.flatMap { Self.isOrder($0, shopID) ? $0 : nil }
        return .read(Request(shopID: shopID, told: told))
    }

    /// Whether it is that order, of which nothing has been given back.
    private static func isOrder(_ document: String, _ shopID: String) -> Bool {
        guard let order = try? ShopifyOrder(json: Array(document.utf8)) else { return false }
        return order.id.text == shopID && order.refunds.isEmpty
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Payments {
        let shop = try await accounts.shopify(call.workspaceID)
        let id = ShopifyID(request.shopID)
        let transactions = try await shop.transactions(of: id)
        if let told = request.told, !transactions.contains(where: \.isRefund) {
            return Payments(order: told, isCurrent: false, transactions: transactions)
        }
        let document = try await shop.orderDocument(id)
        return Payments(
            order: String(decoding: document.json, as: UTF8.self), isCurrent: true, transactions: transactions)
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
