import Commerce
import Contracts
import Messaging
import Providers

/// Adds a tag to the order in the shop. The shop's own call is idempotent.
struct TagShopOrderHandler: EffectHandler {
    typealias Message = TagShopOrder

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "order.tag", recovery: .sendAgain)

    func plan(
        _ command: TagShopOrder, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<ShopTag, Done> {
        let order = try await OrderStore(transaction).lock(command.orderID)
        guard let shopID = order.shopID else { return .reply(Done()) }
        return .effect(
            key: "order.tag:\(order.id):\(command.salesOrderID):\(command.tag)",
            ShopTag(shopID: shopID, tag: command.tag))
    }

    func perform(_ request: ShopTag, for call: EffectCall) async throws -> Done {
        try await accounts.shopify(call.workspaceID).addTags([request.tag], to: ShopifyID(request.shopID))
        return Done()
    }

    func settle(
        _ outcome: Done, of request: ShopTag, for command: TagShopOrder, in transaction: HandlerTransaction
    ) async throws -> Done {
        try await Timeline(command.orderID, transaction).append(
            TimelineEntry(
                "order.tagged", "The tag \(request.tag) was added in the shop.",
                dedupeKey: "\(command.salesOrderID):\(request.tag)"))
        return outcome
    }
}

/// A tag of an order in the shop.
struct ShopTag: Codable, Sendable {
    var shopID: String
    var tag: String
}
