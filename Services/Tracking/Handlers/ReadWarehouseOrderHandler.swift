import Commerce
import Contracts
import Messaging
import Providers

/// Asks the warehouse about one order now. A number that is not ours is left alone.
struct ReadWarehouseOrderHandler: EffectHandler {
    typealias Message = ReadWarehouseOrder

    let accounts: ProviderAccounts
    let effect = EffectKind("dcl", "order.read", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var number: DCLOrderNumber
    }

    func plan(
        _ command: ReadWarehouseOrder, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        guard let number = DCLOrderNumber(command.number),
            try await WarehouseOrderStore(transaction).isKnown(command.number)
        else { return .reply(Done()) }
        return .read(Request(number: number))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> [WarehouseReading] {
        try await accounts.dcl(call.workspaceID).orders([request.number]).map(WarehouseReading.init)
    }

    func settle(
        _ outcome: [WarehouseReading], of request: Request, for command: ReadWarehouseOrder,
        in transaction: HandlerTransaction
    ) async throws -> Done {
        try await WarehouseUpdate(transaction).apply(outcome)
        return Done()
    }
}
