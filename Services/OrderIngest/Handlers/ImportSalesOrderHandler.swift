import Commerce
import Contracts
import Messaging
import Providers

/// Makes a canonical order of a sales order that was typed into NetSuite. One that is ours, or known, is left alone.
struct ImportSalesOrderHandler: EffectHandler {
    typealias Message = ImportSalesOrder

    let accounts: ProviderAccounts
    let effect = EffectKind("netsuite", "salesOrder.read", recovery: .sendAgain)
    let priority = CallPriority.bulk

    struct Request: Codable, Sendable {
        var salesOrderID: String
    }

    struct Outcome: Codable, Sendable {
        var salesOrder: SalesOrder
        var order: CanonicalOrder
        /// Whether NetSuite waits for it to be shipped.
        var isOpen: Bool
    }

    func plan(
        _ command: ImportSalesOrder, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        if try await isKnown(command.salesOrderID, command.externalID, in: transaction) { return .reply(Done()) }
        return .read(Request(salesOrderID: command.salesOrderID))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        let found = try await accounts.netSuite(call.workspaceID).client.salesOrder(request.salesOrderID)
        return Outcome(
            salesOrder: SalesOrder(id: found.id, number: found.tranID ?? found.id, externalID: found.externalID),
            order: CanonicalOrder(found), isOpen: found.status == .pendingFulfillment)
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: ImportSalesOrder, in transaction: HandlerTransaction
    ) async throws -> Done {
        let salesOrder = outcome.salesOrder
        guard outcome.isOpen,
            try await !isKnown(salesOrder.id, salesOrder.externalID, in: transaction),
            try await !isShopOrderKnown(outcome.order.externalIDs["shopify"], in: transaction)
        else { return Done() }
        var order = OrderRow(document: outcome.order)
        order.startedAt = transaction.now
        guard try await OrderStore(transaction).insert(order, provider: "netsuite", externalID: salesOrder.id) else {
            return Done()
        }
        for (provider, id) in outcome.order.externalIDs.sorted(by: { $0.key < $1.key }) {
            try await ExternalIDStore(transaction).add(id, at: provider, to: order.id)
        }
        try await SalesOrderStore(transaction).open(salesOrder, of: order.id, generation: order.generation)
        try await NewOrder(order: order, transaction: transaction).announce(from: "NetSuite")
        return Done()
    }

    /// Known by its id, by the key under which we make or made it, or by the shop order that its key names.
    private func isKnown(
        _ netSuiteID: String, _ externalID: String?, in transaction: HandlerTransaction
    ) async throws -> Bool {
        if try await ExternalIDStore(transaction).isKnown(netSuiteID, at: "netsuite") { return true }
        let owner = try await SalesOrderStore(transaction).order(netSuiteID: netSuiteID, externalID: externalID)
        if owner != nil { return true }
        return try await isShopOrderKnown(externalID.flatMap(SalesOrderKey.shopID), in: transaction)
    }

    private func isShopOrderKnown(_ shopID: String?, in transaction: HandlerTransaction) async throws -> Bool {
        guard let shopID else { return false }
        return try await ExternalIDStore(transaction).isKnown(shopID, at: "shopify")
    }
}
