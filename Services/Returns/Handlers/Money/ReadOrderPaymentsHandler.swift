import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Reads an order and its payments in the shop and posts what is new there.
struct ReadOrderPaymentsHandler: EffectHandler {
    typealias Message = ReadOrderPayments

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "payments.read", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var shopID: String
    }

    struct Payments: Codable, Sendable {
        /// As the shop wrote it.
        var order: String
        var transactions: [ShopifyTransaction]
    }

    func plan(
        _ command: ReadOrderPayments, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        guard let shopID = try await OrderView(transaction).shopID(of: command.orderID) else { return .reply(Done()) }
        return .read(Request(shopID: shopID))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Payments {
        let shop = try await accounts.shopify(call.workspaceID)
        let id = ShopifyID(request.shopID)
        let document = try await shop.orderDocument(id)
        return Payments(
            order: String(decoding: document.json, as: UTF8.self), transactions: try await shop.transactions(of: id))
    }

    func settle(
        _ payments: Payments, of request: Request, for command: ReadOrderPayments, in transaction: HandlerTransaction
    ) async throws -> Done {
        do {
            let order = try ShopifyOrder(json: Array(payments.order.utf8))
            try await PaymentsUpdate(
                orderID: command.orderID, order: order, transactions: payments.transactions, transaction: transaction
            ).post()
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
