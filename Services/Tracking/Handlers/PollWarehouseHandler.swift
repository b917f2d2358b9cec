import Commerce
import Contracts
import Messaging
import Providers

/// Asks the warehouse about the open orders.
struct PollWarehouseHandler: EffectHandler {
    typealias Message = PollWarehouse

    let accounts: ProviderAccounts
    let effect = EffectKind("dcl", "order.read", recovery: .sendAgain)
    let priority = CallPriority.bulk

    // LIMIT: some twenty requests at the warehouse, well inside its rate; those left out come first next time.
    private static let ordersMax = 1000

    struct Request: Codable, Sendable {
        var numbers: [String]
    }

    func plan(
        _ command: PollWarehouse, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        let numbers = try await WarehouseOrderStore(transaction).openNumbers(limit: Self.ordersMax)
        return numbers.isEmpty ? .reply(Done()) : .read(Request(numbers: numbers))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> [WarehouseReading] {
        try await accounts.dcl(call.workspaceID)
            .orders(request.numbers.compactMap(DCLOrderNumber.init)).map(WarehouseReading.init)
    }

    func settle(
        _ outcome: [WarehouseReading], of request: Request, for command: PollWarehouse,
        in transaction: HandlerTransaction
    ) async throws -> Done {
        try await WarehouseUpdate(transaction).apply(outcome)
        try await WarehouseOrderStore(transaction).markRead(request.numbers.sorted())
        return Done()
    }
}
