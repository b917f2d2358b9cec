import Commerce
import Contracts
import Messaging
import Providers

/// Takes an order back from the warehouse. Refused in the warehouse's words once it is picked.
struct CancelDispatchHandler: EffectHandler {
    typealias Message = CancelDispatch

    let accounts: ProviderAccounts
    let effect = EffectKind("dcl", "order.cancel", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var number: DCLOrderNumber
    }

    func plan(
        _ command: CancelDispatch, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        guard let number = DCLOrderNumber(command.number) else {
            throw Refusal(code: "bad_order_number", message: "'\(command.number)' is no number of the warehouse.")
        }
        return .effect(key: "dispatch.cancel:\(command.number)", Request(number: number))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Done {
        try await accounts.dcl(call.workspaceID).cancel(request.number)
        return Done()
    }

    func settle(
        _ outcome: Done, of request: Request, for command: CancelDispatch, in transaction: HandlerTransaction
    ) async throws -> Done {
        try await DispatchStore(transaction).markCancelled(command.number)
        try transaction.publish(
            DispatchCancelled(orderID: command.orderID, number: command.number), subject: "\(command.orderID)")
        return outcome
    }
}
