import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Authorizes the goods on the order's sales order. An external id that is taken there means that it is done already.
struct AuthorizeReturnHandler: EffectHandler {
    typealias Message = AuthorizeReturn

    let accounts: ProviderAccounts
    let effect = EffectKind("netsuite", "returnAuthorization.create", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var externalID: String
        var salesOrderID: String
        var memo: String
        var units: [ReturnedUnits]
    }

    func plan(
        _ command: AuthorizeReturn, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, AuthorizeReturn.Reply> {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        let orders = OrderView(transaction)
        let coming = row.units.filter { !$0.stays }.byLine
        guard !coming.isEmpty, let salesOrderID = try await orders.salesOrderID(of: row.orderID) else {
            return .reply(AuthorizeReturn.Reply(authorizationID: nil))
        }
        let order = try await orders.document(of: row.orderID)
        return .effect(
            key: "returnAuthorization.create:\(row.key)",
            Request(
                externalID: row.key, salesOrderID: salesOrderID,
                memo: "Return \(ReturnNumber.of(returnKey: row.key)) of order \(order.number)",
                units: order.lines.map { ReturnedUnits(sku: $0.sku, quantity: coming[$0.id, default: 0]) }))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> AuthorizeReturn.Reply {
        guard let client = try await accounts.netSuite(call.workspaceID)?.client else {
            return AuthorizeReturn.Reply(authorizationID: nil)
        }
        let order = try await client.salesOrder(request.salesOrderID)
        let lines = order.lines.map { ERPLine(number: $0.number, sku: $0.sku ?? "", room: $0.quantityFulfilled) }
        let draft = NetSuiteReturnDraft(
            externalID: request.externalID, tranDate: BusinessDay.text(call.now), memo: request.memo,
            quantities: try LineAllocation.allocate(request.units, to: lines))
        do {
            let made = try await client.authorizeReturn(salesOrder: request.salesOrderID, draft)
            return AuthorizeReturn.Reply(authorizationID: made.id)
        } catch {
            // WHY: an earlier sending that arrived has taken the units, so that this one finds none left.
            guard error.isRefusal, let made = try await client.returnAuthorization(externalID: request.externalID)
            else { throw error }
            return AuthorizeReturn.Reply(authorizationID: made.id)
        }
    }

    func settle(
        _ outcome: AuthorizeReturn.Reply, of request: Request, for command: AuthorizeReturn,
        in transaction: HandlerTransaction
    ) async throws -> AuthorizeReturn.Reply {
        guard let id = outcome.authorizationID else { return outcome }
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        goods.row.externalIDs["netsuite"] = id
        try await goods.save(
            ReturnHappening(
                "return.authorized", "NetSuite authorized the return.", externalRef: "netsuite:\(id)", dedupeKey: id))
        return outcome
    }
}

extension ProviderFailure {
    var isRefusal: Bool {
        if case .refused = self { true } else { false }
    }
}
