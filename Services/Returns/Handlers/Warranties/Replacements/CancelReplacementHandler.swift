import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Gives up the goods that were set aside. Where they have become an order meanwhile, that stays and is told.
struct CancelReplacementHandler: EffectHandler {
    typealias Message = CancelReplacement

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
        _ command: CancelReplacement, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        .effect(key: "draftOrder.delete:\(command.draftID)", Request(draftID: command.draftID))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        let shop = try await accounts.shopify(call.workspaceID)
        return Outcome(orderID: try await shop.giveUp(draft: request.draftID))
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: CancelReplacement, in transaction: HandlerTransaction
    ) async throws -> Done {
        var claim = try await WarrantyCase.lock(command.warrantyID, in: transaction)
        let happening: ReturnHappening
        if let orderID = outcome.orderID {
            claim.row.replacement?.shopOrderID = orderID
            happening = ReturnHappening(
                "warranty.replacement_not_cancelled", "The new goods are ordered already: the order stays.",
                externalRef: "shopify:\(orderID)", dedupeKey: command.draftID)
        } else {
            claim.row.replacement = nil
            happening = ReturnHappening(
                "warranty.replacement_cancelled", "The new goods are set aside no longer.",
                externalRef: "shopify:\(command.draftID)", dedupeKey: command.draftID)
        }
        try await claim.save(happening)
        return Done()
    }
}
