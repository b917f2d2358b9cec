import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Looks for sales orders that wait for the warehouse and that no order knows, and has each imported.
///
/// The importer decides: a sales order that is only just being made is known there under its key.
struct FindUnownedSalesOrdersHandler: EffectHandler {
    typealias Message = FindUnownedSalesOrders

    let accounts: ProviderAccounts
    let effect = EffectKind("netsuite", "salesOrder.find", recovery: .sendAgain)
    let priority = CallPriority.bulk

    // LIMIT: what one poll looks at. Orders that wait for a person stay unflagged, so it is far above a day's orders.
    private static let foundMax = 20_000
    private static let pageSize = 1000

    struct Found: Codable, Sendable {
        var id: String
        var externalID: String?
    }

    func plan(
        _ command: FindUnownedSalesOrders, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Done, Done> { .read(Done()) }

    func perform(_ request: Done, for call: EffectCall) async throws -> [Found] {
        let client = try await accounts.netSuite(call.workspaceID)
        var found: [Found] = []
        var last = 0
        while found.count < Self.foundMax {
            let page = try await client.ordersToDispatch(after: last, limit: Self.pageSize)
            found += page.map { Found(id: "\($0.id)", externalID: $0.externalID) }
            guard page.count == Self.pageSize, let next = page.last?.id else { break }
            last = next
        }
        return found
    }

    func settle(
        _ outcome: [Found], of request: Done, for command: FindUnownedSalesOrders,
        in transaction: HandlerTransaction
    ) async throws -> Done {
        let known = try await OrderView(transaction).known(salesOrders: outcome.map(\.id))
        for found in outcome where !known.contains(found.id) {
            try transaction.send(ImportSalesOrder(salesOrderID: found.id, externalID: found.externalID))
        }
        return Done()
    }
}
