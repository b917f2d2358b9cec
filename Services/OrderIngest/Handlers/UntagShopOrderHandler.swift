import Commerce
import Contracts
import Messaging
import Providers

/// Removes a tag from the order in the shop. The shop's own call is idempotent.
struct UntagShopOrderHandler: EffectHandler {
    typealias Message = UntagShopOrder

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "order.untag", recovery: .sendAgain)

    func plan(
        _ command: UntagShopOrder, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<ShopTag, Done> {
        let order = try await OrderStore(transaction).lock(command.orderID)
        guard let shopID = order.shopID else { return .reply(Done()) }
        return .effect(
            key: "order.untag:\(order.id):\(command.salesOrderID):\(command.tag)",
            ShopTag(shopID: shopID, tag: command.tag))
    }

    func perform(_ request: ShopTag, for call: EffectCall) async throws -> Done {
        try await accounts.shopify(call.workspaceID).removeTags([request.tag], from: ShopifyID(request.shopID))
        return Done()
    }

    func settle(
        _ outcome: Done, of request: ShopTag, for command: UntagShopOrder, in transaction: HandlerTransaction
    ) async throws -> Done {
        try await Timeline(command.orderID, transaction).append(
            TimelineEntry(
                "order.untagged", "The tag \(request.tag) was removed in the shop.",
                dedupeKey: "\(command.salesOrderID):\(request.tag)"))
        return outcome
    }
}
