import Commerce
import Contracts
import Messaging
import Providers

/// Writes the sales order's id and number to the order in the shop, where people there see it.
struct RecordSalesOrderInShopHandler: EffectHandler {
    typealias Message = RecordSalesOrderInShop

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "order.note", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var shopID: String
        var salesOrder: SalesOrder
    }

    func plan(
        _ command: RecordSalesOrderInShop, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        let order = try await OrderStore(transaction).lock(command.orderID)
        guard let shopID = order.shopID else { return .reply(Done()) }
        return .effect(
            key: "order.note:\(order.id):\(command.salesOrder.id)",
            Request(shopID: shopID, salesOrder: command.salesOrder))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Done {
        let notes = [
            ShopifyNoteAttribute(name: "netsuite_sales_order_id", value: request.salesOrder.id),
            ShopifyNoteAttribute(name: "netsuite_sales_order", value: request.salesOrder.number),
        ]
        try await accounts.shopify(call.workspaceID).mergeNoteAttributes(notes, into: ShopifyID(request.shopID))
        return Done()
    }

    func settle(
        _ outcome: Done, of request: Request, for command: RecordSalesOrderInShop,
        in transaction: HandlerTransaction
    ) async throws -> Done { outcome }
}
