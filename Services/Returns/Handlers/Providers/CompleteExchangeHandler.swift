import Commerce
import Contracts
import Messaging
import Providers

/// Lets the goods of an exchange go. Where something was to be paid, only the customer's payment makes an order of them.
struct CompleteExchangeHandler: EffectHandler {
    typealias Message = CompleteExchange

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "draftOrder.complete", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var draftID: String
        var isPaid: Bool
    }

    func plan(
        _ command: CompleteExchange, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, CompleteExchange.Reply> {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        guard let exchange = try await ExchangeStore(transaction).find(command.returnID),
            exchange.draftID == command.draftID
        else { throw Refusal(code: "not_found", message: "The return has no exchange \(command.draftID).") }
        if let orderID = exchange.orderID {
            // WHY: a return that was called off after that is brought to its end by a process that orders nothing again.
            if goods.follow(.exchange) { try await goods.save() }
            return .reply(CompleteExchange.Reply(orderID: orderID))
        }
        let request = Request(draftID: command.draftID, isPaid: exchange.due.minorUnits == 0)
        return request.isPaid
            ? .effect(key: "draftOrder.complete:\(command.draftID)", request) : .read(request)
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> CompleteExchange.Reply {
        let shop = try await accounts.shopify(call.workspaceID)
        guard request.isPaid else {
            return .init(orderID: try await shop.draftOrder(ShopifyID(request.draftID)).orderID?.text)
        }
        return .init(orderID: try await shop.complete(draft: request.draftID))
    }

    func settle(
        _ outcome: CompleteExchange.Reply, of request: Request, for command: CompleteExchange,
        in transaction: HandlerTransaction
    ) async throws -> CompleteExchange.Reply {
        guard let orderID = outcome.orderID else { return outcome }
        // The order's ledger is locked before its returns.
        let ledger = try await LedgerStore(transaction).lock(
            OrderOfReturn.find(command.returnID, in: transaction))
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        goods.row.externalIDs["exchange_order"] = orderID
        let exchanges = ExchangeStore(transaction)
        if var exchange = try await exchanges.find(goods.row.id) {
            exchange.orderID = orderID
            try await exchanges.save(exchange, of: goods.row.id)
            if let ledger { try await ExchangeBooks(goods.row, exchange, transaction).post(to: ledger) }
        }
        goods.follow(.exchange)
        try await goods.save(
            ReturnHappening(
                "return.exchanged", "The goods of the exchange are ordered.", externalRef: "shopify:\(orderID)",
                dedupeKey: orderID))
        return outcome
    }
}
