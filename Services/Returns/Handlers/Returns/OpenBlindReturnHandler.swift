import Commerce
import Contracts
import Messaging
import Views

/// Opens the return of goods that came in without one, checked as every other, and says in the same transaction that the
/// goods are its: it takes them once it is decided on.
///
/// *Guarantees*: opened once, however often it is asked for; where the return is refused, the goods are as they were.
struct OpenBlindReturnHandler: EffectHandler {
    typealias Message = OpenBlindReturn

    private let returns: CreateReturnHandler

    init(accounts: ProviderAccounts) {
        returns = CreateReturnHandler(accounts: accounts)
    }

    var effect: EffectKind { returns.effect }

    func plan(
        _ command: OpenBlindReturn, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<CreateReturnHandler.Request, CreateReturn.Reply> {
        let receipt = try await receipt(command, transaction)
        if let opened = receipt.returnID { return .reply(.init(returnID: opened)) }
        let plan = try await returns.plan(command.asked, in: transaction)
        if case .reply(let reply) = plan { try await give(receipt, to: reply.returnID, command, transaction) }
        return plan
    }

    func perform(
        _ request: CreateReturnHandler.Request, for call: EffectCall
    ) async throws -> CreateReturnHandler.Finding {
        try await returns.perform(request, for: call)
    }

    func settle(
        _ finding: CreateReturnHandler.Finding, of request: CreateReturnHandler.Request, for command: OpenBlindReturn,
        in transaction: HandlerTransaction
    ) async throws -> CreateReturn.Reply {
        let receipt = try await receipt(command, transaction)
        if let opened = receipt.returnID { return .init(returnID: opened) }
        let reply = try await returns.settle(finding, of: request, for: command.asked, in: transaction)
        try await give(receipt, to: reply.returnID, command, transaction)
        return reply
    }

    /// With its lock: of nobody yet, or of a return of the order already.
    private func receipt(
        _ command: OpenBlindReturn, _ transaction: HandlerTransaction
    ) async throws -> BlindReceiptRecord {
        let orderID = try await ReturnOrder.find(command.request, in: transaction.database)
        // WHY: whoever holds both has locked the order's ledger first.
        _ = try await LedgerStore(transaction).lock(orderID)
        let receipt = try await BlindReceiptStore(transaction).require(command.blindReceiptID)
        if let opened = receipt.returnID, try await ReturnStore(transaction).orderID(of: opened) == orderID {
            return receipt
        }
        try receipt.require(.match)
        if let number = receipt.number, let owner = try await WarehouseReturnStore(transaction).known([number])[number]
        {
            throw Refusal(code: "not_allowed", message: "They are those of return \(owner), as the warehouse knows it.")
        }
        try await check(receipt, command, transaction)
        return receipt
    }

    /// Whether everything that is asked back is here: nobody is sent a label for the rest.
    private func check(
        _ receipt: BlindReceiptRecord, _ command: OpenBlindReturn, _ transaction: HandlerTransaction
    ) async throws {
        guard !receipt.goods.isEmpty else {
            throw Refusal(
                code: "goods_unknown",
                message: "The warehouse has only told that something is there; try again once it has told what.")
        }
        let assessment = try await NewReturn(transaction: transaction).check(command.request, by: command.channel)
        var here = receipt.goods.bySKU
        for (asked, line) in zip(assessment.lines, assessment.decision.lines) {
            let left = here[line.sku, default: 0]
            guard asked.quantity <= left else {
                throw Refusal(
                    code: "not_here",
                    message: "Of '\(line.sku)' \(left) units came in; the rest is a return of its own.",
                    field: "lines.\(asked.place).quantity")
            }
            here[line.sku] = left - asked.quantity
        }
    }

    private func give(
        _ receipt: BlindReceiptRecord, to id: ReturnID, _ command: OpenBlindReturn, _ transaction: HandlerTransaction
    ) async throws {
        try await receipt.give(to: id, by: "open_return", because: command.reason, in: transaction)
    }
}

extension OpenBlindReturn {
    /// The return alone, as everybody else asks for one.
    fileprivate var asked: CreateReturn { CreateReturn(request: request, channel: channel) }
}
