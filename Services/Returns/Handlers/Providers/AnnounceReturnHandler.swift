import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Announces the goods to the warehouse. A number that is taken by the same return means that it is done already.
struct AnnounceReturnHandler: EffectHandler {
    typealias Message = AnnounceReturn

    let accounts: ProviderAccounts
    let effect = EffectKind("dcl", "return.announce", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var number: String
        var orderNumber: String
        var warehouseNumber: String?
        var from: Address
        var email: String?
        var items: [ReturnParcel.Item]
    }

    func plan(
        _ command: AnnounceReturn, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, AnnounceReturn.Reply> {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        guard row.units.contains(where: { !$0.stays }) else { return .reply(AnnounceReturn.Reply(number: nil)) }
        let orders = OrderView(transaction)
        let order = try await orders.document(of: row.orderID)
        let parcel = try ReturnParcel(row, of: order)
        return .effect(
            key: "return.announce:\(row.key)",
            Request(
                number: parcel.number, orderNumber: order.number,
                warehouseNumber: try await orders.warehouseNumber(of: row.orderID), from: parcel.from,
                email: parcel.email, items: parcel.items))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> AnnounceReturn.Reply {
        guard let client = try await accounts.dcl(call.workspaceID) else { return AnnounceReturn.Reply(number: nil) }
        _ = try await client.createReturn(DCLReturnDraft(request, on: BusinessDay.text(call.now)))
        return AnnounceReturn.Reply(number: request.number)
    }

    func settle(
        _ outcome: AnnounceReturn.Reply, of request: Request, for command: AnnounceReturn,
        in transaction: HandlerTransaction
    ) async throws -> AnnounceReturn.Reply {
        guard let number = outcome.number else { return outcome }
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        goods.row.externalIDs["dcl"] = number
        try await goods.save(
            ReturnHappening(
                "return.announced", "The warehouse expects the goods as \(number).", externalRef: "dcl:\(number)",
                dedupeKey: number))
        return outcome
    }
}

extension DCLReturnDraft {
    /// Failure: ``ProviderFailure`` `refused` for a number that the warehouse would not take.
    fileprivate init(_ request: AnnounceReturnHandler.Request, on day: String) throws(ProviderFailure) {
        guard let number = DCLOrderNumber(request.number) else {
            throw .refused(code: "bad_return_number", message: "'\(request.number)' is no number of the warehouse.")
        }
        self.init(
            number: number, address: DCLAddress(request.from, email: request.email),
            lines: request.items.map { Line(itemNumber: $0.sku, description: $0.title, quantity: $0.quantity) })
        date = day
        originalOrder = request.warehouseNumber.flatMap(DCLOrderNumber.init)
        comments = "Return of order \(request.orderNumber)"
    }
}
