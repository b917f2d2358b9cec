import Commerce
import Contracts
import Messaging
import Providers

/// Takes the goods of an exchange back. Where they were paid for meanwhile, the order stays and is told, and the return
/// does not end without it: see ``WithdrawReturnHandler``.
struct CancelExchangeHandler: EffectHandler {
    typealias Message = CancelExchange

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "draftOrder.delete", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var draftID: String
    }

    struct Outcome: Codable, Sendable {
        /// The order that it has become; nil where it is gone.
        var orderID: String?
    }

    func plan(
        _ command: CancelExchange, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, CancelExchange.Reply> {
        .effect(key: "draftOrder.delete:\(command.draftID)", Request(draftID: command.draftID))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        let shop = try await accounts.shopify(call.workspaceID)
        return Outcome(orderID: try await shop.giveUp(draft: request.draftID))
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: CancelExchange, in transaction: HandlerTransaction
    ) async throws -> CancelExchange.Reply {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        let happening: ReturnHappening
        if let orderID = outcome.orderID {
            goods.row.externalIDs["exchange_order"] = orderID
            happening = ReturnHappening(
                "return.exchange_not_cancelled", "The goods of the exchange are ordered already: the order stays.",
                externalRef: "shopify:\(orderID)", dedupeKey: command.draftID)
        } else {
            if goods.row.externalIDs["exchange"] == command.draftID { goods.row.externalIDs["exchange"] = nil }
            try await ExchangeStore(transaction).save(nil, of: goods.row.id)
            happening = ReturnHappening(
                "return.exchange_cancelled", "The goods of the exchange are set aside no longer.",
                externalRef: "shopify:\(command.draftID)", dedupeKey: command.draftID)
        }
        try await goods.save(happening)
        return CancelExchange.Reply(orderID: outcome.orderID)
    }
}
