import Commerce
import Contracts
import Messaging
import Providers

/// Says whether an order may go on, and shows on the order what keeps it.
///
/// Only SKUs whose item is not known yet are asked for at NetSuite. An order that was typed there is read again as long
/// as something is wrong with it; that of a shop is mended by the shop's webhooks.
struct CheckOrderHandler: EffectHandler {
    typealias Message = CheckOrder

    let accounts: ProviderAccounts
    let effect = EffectKind("netsuite", "item.find", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var unknownSKUs: [String]
        /// The sales order to read the order from again.
        var salesOrderID: String?
    }

    struct Outcome: Codable, Sendable {
        /// NetSuite's items by SKU.
        var items: [String: String]
        /// The order as it was read again.
        var document: CanonicalOrder?
    }

    func plan(
        _ command: CheckOrder, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, CheckOrder.Reply> {
        let order = try await OrderStore(transaction).lock(command.orderID)
        let unknown = try await unmappedSKUs(of: order, in: transaction)
        let isWrong = !unknown.isEmpty || !order.document.problems.isEmpty
        let origin = isWrong && order.shopID == nil ? try await SalesOrderStore(transaction).current(of: order) : nil
        guard unknown.isEmpty, origin == nil else {
            return .read(Request(unknownSKUs: unknown, salesOrderID: origin?.id))
        }
        return .reply(try await conclude(order, unmappedSKUs: [], in: transaction))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        let client = try await accounts.netSuite(call.workspaceID).client
        var document: CanonicalOrder?
        if let id = request.salesOrderID { document = CanonicalOrder(try await client.salesOrder(id)) }
        let items = try await client.items(skus: request.unknownSKUs + (document?.skus ?? []))
        return Outcome(items: items.mapValues(\.id), document: document)
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: CheckOrder, in transaction: HandlerTransaction
    ) async throws -> CheckOrder.Reply {
        try await ItemMappingStore(transaction).save(outcome.items)
        // WHY: read again, because the order may have changed while NetSuite was asked.
        var order = try await OrderStore(transaction).lock(command.orderID)
        if let document = outcome.document, document != order.document {
            order.document = document
            try await OrderStore(transaction).save(order)
        }
        let unmapped = try await unmappedSKUs(of: order, in: transaction)
        return try await conclude(order, unmappedSKUs: unmapped, in: transaction)
    }

    private func unmappedSKUs(of order: OrderRow, in transaction: HandlerTransaction) async throws -> [String] {
        let skus = order.document.skus
        let items = try await ItemMappingStore(transaction).items(of: skus)
        return skus.filter { items[$0] == nil }
    }

    private func conclude(
        _ order: OrderRow, unmappedSKUs: [String], in transaction: HandlerTransaction
    ) async throws -> CheckOrder.Reply {
        let obstacle = OrderCheck.obstacle(document: order.document, hold: order.hold, unmappedSKUs: unmappedSKUs)
        var shown = order
        shown.show(
            obstacle, hasSalesOrder: try await SalesOrderStore(transaction).current(of: order) != nil)
        guard shown.status != order.status || shown.reason != order.reason else {
            return CheckOrder.Reply(hold: obstacle)
        }
        try await OrderStore(transaction).save(shown)
        try await note(obstacle, shown, in: transaction)
        return CheckOrder.Reply(hold: obstacle)
    }

    private func note(_ obstacle: Refusal?, _ order: OrderRow, in transaction: HandlerTransaction) async throws {
        let entry =
            obstacle.map { TimelineEntry("order.on_hold", $0.message, dedupeKey: transaction.cause) }
            ?? TimelineEntry("order.cleared", "Nothing keeps the order any more.", dedupeKey: transaction.cause)
        try await Timeline(order.id, transaction).append(entry)
    }
}
