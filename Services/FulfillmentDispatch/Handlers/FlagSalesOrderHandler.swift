import Commerce
import Contracts
import Messaging
import Providers

/// Flags a sales order as sent to the warehouse. Only this service writes the flag; writing it again changes nothing.
struct FlagSalesOrderHandler: EffectHandler {
    typealias Message = FlagSalesOrder

    let accounts: ProviderAccounts
    let effect = EffectKind("netsuite", "salesOrder.flag", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var salesOrderID: String
    }

    func plan(
        _ command: FlagSalesOrder, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        .effect(
            key: "salesOrder.flag:\(command.salesOrderID)", Request(salesOrderID: command.salesOrderID))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Done {
        try await accounts.netSuite(call.workspaceID).setSentToWarehouse(true, salesOrder: request.salesOrderID)
        return Done()
    }

    func settle(
        _ outcome: Done, of request: Request, for command: FlagSalesOrder, in transaction: HandlerTransaction
    ) async throws -> Done { outcome }
}
