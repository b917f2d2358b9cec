import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Makes an order of the goods that were set aside; it comes in and travels as every other.
struct CompleteReplacementHandler: EffectHandler {
    typealias Message = CompleteReplacement

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "draftOrder.complete", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var draftID: String
    }

    func plan(
        _ command: CompleteReplacement, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, CompleteReplacement.Reply> {
        let row = try await WarrantyCase.lock(command.warrantyID, in: transaction).row
        guard let replacement = row.replacement, replacement.draftID == command.draftID else {
            throw Refusal(code: "not_found", message: "The claim has no replacement \(command.draftID).")
        }
        return .effect(key: "draftOrder.complete:\(command.draftID)", Request(draftID: command.draftID))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> CompleteReplacement.Reply {
        let shop = try await accounts.shopify(call.workspaceID)
        guard let orderID = try await shop.complete(draft: request.draftID) else {
            throw ProviderFailure.transient(
                code: "order_pending", message: "The shop has not made the order yet.", retryAfter: nil)
        }
        return CompleteReplacement.Reply(orderID: orderID)
    }

    func settle(
        _ outcome: CompleteReplacement.Reply, of request: Request, for command: CompleteReplacement,
        in transaction: HandlerTransaction
    ) async throws -> CompleteReplacement.Reply {
        var goods = try await ClaimedReturn.lock(of: command.warrantyID, in: transaction)
        if let row = goods?.row { try await release(row, in: transaction) }
        if goods?.follow(.exchange) == true {
            try await goods?.save(
                ReturnHappening(
                    "return.replaced", "New goods are ordered.", externalRef: "shopify:\(outcome.orderID)",
                    dedupeKey: outcome.orderID))
        }
        var claim = try await WarrantyCase.lock(command.warrantyID, in: transaction)
        claim.row.replacement?.shopOrderID = outcome.orderID
        claim.follow(.replace)
        try await claim.save(
            ReturnHappening(
                "warranty.replaced", "New goods are ordered.", externalRef: "shopify:\(outcome.orderID)",
                dedupeKey: outcome.orderID))
        return outcome
    }

    /// What has not come in was not replaced, and may be claimed anew.
    private func release(_ goods: ReturnRow, in transaction: HandlerTransaction) async throws {
        let missing = Dictionary(grouping: goods.units.filter { !$0.stays && !$0.isHere }, by: \.lineID)
        let held = HeldUnitStore(transaction, of: goods.orderID)
        for (lineID, units) in missing {
            try await held.release(UnitNumbers(units.map(\.number)), of: lineID, by: goods.id.uuid)
        }
        try await ShopUnits.makeUp(of: goods.orderID, in: transaction)
    }
}
