import Commerce
import Contracts
import Messaging
import Providers

/// Takes the authorization back. Where something has come in already, only the rest of it is closed.
struct CancelReturnAuthorizationHandler: EffectHandler {
    typealias Message = CancelReturnAuthorization

    let accounts: ProviderAccounts
    let effect = EffectKind("netsuite", "returnAuthorization.cancel", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var authorizationID: String
    }

    enum Outcome: String, Codable, Sendable {
        case cancelled, restClosed, notThere
    }

    func plan(
        _ command: CancelReturnAuthorization, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        .effect(
            key: "returnAuthorization.cancel:\(command.authorizationID)",
            Request(authorizationID: command.authorizationID))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        guard let client = try await accounts.netSuite(call.workspaceID)?.client else { return .notThere }
        do {
            try await client.cancelReturnAuthorization(request.authorizationID)
            return .cancelled
        } catch ProviderFailure.refused("already_received", _) {
            try await client.closeReturnAuthorization(request.authorizationID)
            return .restClosed
        } catch ProviderFailure.refused("NONEXISTENT_ID", _) {
            return .notThere
        }
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: CancelReturnAuthorization,
        in transaction: HandlerTransaction
    ) async throws -> Done {
        let id = command.authorizationID
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        // WHY: what has come in under it is still to be entered there.
        if outcome != .restClosed, goods.row.externalIDs["netsuite"] == id { goods.row.externalIDs["netsuite"] = nil }
        try await goods.save(
            ReturnHappening(
                "return.authorization_cancelled", outcome.summary, externalRef: "netsuite:\(id)", dedupeKey: id))
        return Done()
    }
}

extension CancelReturnAuthorizationHandler.Outcome {
    fileprivate var summary: String {
        switch self {
        case .cancelled: "The authorization in NetSuite is cancelled."
        case .restClosed: "Goods came in under the authorization in NetSuite: the rest of it is closed."
        case .notThere: "There is no such authorization in NetSuite any more."
        }
    }
}
