import Commerce
import Contracts
import Foundation
import Messaging
import Providers

/// Creates the order's sales order at NetSuite, once a generation; for an order that came from there, finds it.
struct CreateSalesOrderHandler: EffectHandler {
    typealias Message = CreateSalesOrder

    let accounts: ProviderAccounts
    let effect = EffectKind("netsuite", "salesOrder.create", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var externalID: String
        var generation: Int
        var order: CanonicalOrder
        /// NetSuite's items by SKU.
        var items: [String: String]
    }

    func plan(
        _ command: CreateSalesOrder, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, SalesOrder> {
        let order = try await OrderStore(transaction).lock(command.orderID)
        let salesOrders = SalesOrderStore(transaction)
        if let present = try await salesOrders.current(of: order) { return .reply(present) }
        let externalID = SalesOrderKey.externalID(
            of: order.id, shopID: order.shopID, generation: order.generation)
        let items = try await ItemMappingStore(transaction).items(of: order.document.skus)
        if let unmapped = order.document.skus.first(where: { items[$0] == nil }) {
            throw OrderCheck.unmapped(unmapped)
        }
        try await salesOrders.plan(externalID: externalID, of: order)
        return .effect(
            key: "salesOrder.create:\(order.id):\(order.generation)",
            Request(externalID: externalID, generation: order.generation, order: order.document, items: items))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> SalesOrder {
        let account = try await accounts.netSuite(call.workspaceID)
        let customerID = try await customer(of: request, at: account)
        let draft = try NetSuiteSalesOrderDraft(
            request.order, externalID: request.externalID, customerID: customerID, items: request.items,
            settings: account.settings, at: call.now)
        let id = try await account.client.createSalesOrder(draft).id
        let created = try await account.client.salesOrder(id)
        guard !created.status.isOver else {
            throw ProviderFailure.refused(
                code: "sales_order_closed",
                message:
                    "\(created.tranID ?? id) is closed or cancelled in NetSuite; reopen its lines there, then retry.")
        }
        return SalesOrder(id: id, number: created.tranID ?? id, externalID: request.externalID)
    }

    func settle(
        _ outcome: SalesOrder, of request: Request, for command: CreateSalesOrder, in transaction: HandlerTransaction
    ) async throws -> SalesOrder {
        try await SalesOrderStore(transaction).open(outcome, of: command.orderID, generation: request.generation)
        try await ExternalIDStore(transaction).add(outcome.id, at: "netsuite", to: command.orderID)
        try await Timeline(command.orderID, transaction).append(
            TimelineEntry(
                "order.sales_order_created", "Sales order \(outcome.number) was created in NetSuite.",
                externalRef: outcome.number, dedupeKey: outcome.id))
        return outcome
    }

    /// The customer with the order's e-mail address, or one made for it; two orders at once make one customer.
    private func customer(of request: Request, at account: NetSuiteAccount) async throws -> String {
        let customer = request.order.customer
        if let email = customer.email, let known = try await account.client.customer(email: email) { return known }
        if customer.email == nil, let fallback = account.settings.defaultCustomerID { return fallback }
        let draft = NetSuiteCustomerDraft(customer, orderKey: request.externalID)
        return try await account.client.createCustomer(draft).id
    }
}
