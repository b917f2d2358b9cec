import Commerce
import Contracts
import Messaging
import Providers
import Views

/// The warehouse tells that something has come in. It is a hint: the return is read again there.
///
/// *Failure*: ``MalformedMessage`` for a payload that is no notification.
struct ReceiveWarehouseReturn: Sendable {
    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        let payload = try await ReceivedWebhook(envelope).payload(in: transaction)
        let notification: DCLNotification
        do {
            notification = try DCLNotification(json: payload)
        } catch {
            throw MalformedMessage("the payload is no notification of the warehouse")
        }
        guard let number = notification.returnNumber else { return }
        guard let id = try await ReturnStore(transaction).find(warehouseNumber: number) else {
            return try alert(of: number, in: transaction)
        }
        try transaction.send(ReadWarehouseReturn(returnID: id, number: number), subject: id.description)
    }

    private func alert(of number: String, in transaction: HandlerTransaction) throws {
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "unknown_warehouse_return/\(number)", title: "The warehouse has goods of an unknown return",
                    text: "No return is known under the warehouse's number: look there for whose goods they are.",
                    fields: ["number": number])),
            subject: number)
    }
}

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
        return present.lines.flatMap { line in
            line.receipts.map {
                WarehouseReceipt(
                    sku: line.itemNumber, quantity: $0.quantity, condition: $0.condition, isAnnounced: line.quantity > 0
                )
            }
        }
    }

    func settle(
        _ receipts: [WarehouseReceipt], of request: Request, for command: ReadWarehouseReturn,
        in transaction: HandlerTransaction
    ) async throws -> Done {
        guard !receipts.isEmpty else { return Done() }
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        let extras = try await ReturnStore(transaction).extras(of: command.returnID)
        let news = WarehouseNews(receipts, beside: goods.row.units, extras)
        if let late = LateReceipt(news, of: goods, in: transaction) {
            try await late.write(on: &goods)
            return Done()
        }
        let receiving = ReturnReceiving(transaction: transaction)
        if !news.received.isEmpty { try await receiving.receive(news.received, of: &goods, by: .system) }
        if !news.inspected.isEmpty { try await receiving.inspect(news.inspected, of: &goods, by: .system) }
        return Done()
    }
}

/// Units of one item that came in together.
struct WarehouseReceipt: Codable, Sendable, Equatable {
    var sku: String
    var quantity: Int
    /// `A` to `D`; nil while nobody has looked at the units.
    var condition: String?
    /// Whether the item was on the return that we announced.
    var isAnnounced: Bool
}
