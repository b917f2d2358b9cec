import Commerce
import Contracts
import Messaging
import Providers

/// Reads a return at the warehouse and writes down what is new there.
struct ReadWarehouseReturnHandler: EffectHandler {
    typealias Message = ReadWarehouseReturn

    let accounts: ProviderAccounts
    let effect = EffectKind("dcl", "return.read", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var number: DCLOrderNumber
    }

    func plan(
        _ command: ReadWarehouseReturn, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        guard let number = DCLOrderNumber(command.number) else {
            throw Refusal(code: "bad_number", message: "'\(command.number)' is no number of the warehouse.")
        }
        return .read(Request(number: number))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> [WarehouseReceipt] {
        guard let client = try await accounts.dcl(call.workspaceID),
            let present = try await client.returnAuthorization(request.number)
        else { return [] }
        return present.warehouseReceipts
    }

    func settle(
        _ receipts: [WarehouseReceipt], of request: Request, for command: ReadWarehouseReturn,
        in transaction: HandlerTransaction
    ) async throws -> Done {
        try await WarehouseGoods(transaction).take(receipts, of: command.number, on: command.returnID)
        return Done()
    }
}
