import Commerce
import Contracts
import Messaging

/// Writes down what has come in. The same parcel told twice changes nothing more than told once, as far as it names
/// units that were still awaited.
struct ReceiveReturnHandler: CommandHandler {
    func handle(_ command: ReceiveReturn, in transaction: HandlerTransaction) async throws -> Done {
        // The order's ledger is locked before its returns.
        _ = try await LedgerStore(transaction).lock(OrderOfReturn.find(command.returnID, in: transaction))
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try await ReturnReceiving(transaction: transaction).receive(command.lines, of: &goods, by: .staff)
        return Done()
    }
}

struct InspectReturnHandler: CommandHandler {
    func handle(_ command: InspectReturn, in transaction: HandlerTransaction) async throws -> Done {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try goods.row.requireOwnProcess(for: "inspect")
        try await ReturnReceiving(transaction: transaction).inspect(command.lines, of: &goods, by: .staff)
        return Done()
    }
}
