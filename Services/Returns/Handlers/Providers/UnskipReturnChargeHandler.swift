import Commerce
import Contracts
import Messaging
import Providers

/// Takes the skip of a charge back. One whose day has passed stays skipped and is told.
struct UnskipReturnChargeHandler: EffectHandler {
    typealias Message = UnskipReturnCharge

    let accounts: ProviderAccounts
    let effect = EffectKind("recharge", "charge.unskip", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var key: String
        var subscription: ReturnRequest.Subscription
        /// `YYYY-MM-DD`.
        var chargeDate: String
    }

    enum Outcome: String, Codable, Sendable {
        case charged, passed, ended, gone
    }

    func plan(
        _ command: UnskipReturnCharge, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        return .effect(
            key: "charge.unskip:\(row.key)",
            Request(key: row.key, subscription: try row.subscriptionToPutOff(), chargeDate: command.chargeDate))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        let client = try await accounts.recharge(call.workspaceID)
        let subscription = try await client.subscription(request.subscription.id)
        guard subscription.status == .active else { return .ended }
        guard let charge = try await client.charge(of: subscription, on: request.chargeDate) else { return .gone }
        guard charge.status == "skipped" else { return .charged }
        // WHY: taken up again, what was due before today would be charged at once.
        guard request.chargeDate >= BusinessDay.text(call.now) else { return .passed }
        return try await client.unskip(subscription, on: request.chargeDate) == nil ? .gone : .charged
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: UnskipReturnCharge, in transaction: HandlerTransaction
    ) async throws -> Done {
        let subscription = request.subscription
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        goods.row.subscriptionChange = nil
        try await goods.save(
            ReturnHappening(
                outcome == .charged ? "return.charge_unskipped" : "return.charge_not_unskipped",
                outcome.summary(request.chargeDate), externalRef: "\(subscription.provider):\(subscription.id)",
                dedupeKey: request.key))
        return Done()
    }
}

extension UnskipReturnChargeHandler.Outcome {
    fileprivate func summary(_ date: String) -> String {
        switch self {
        case .charged: "The subscription is charged on \(date) as planned: nothing is skipped any more."
        case .passed: "The skipped charge of \(date) has passed: the subscription goes on with the one after."
        case .ended: "The subscription has ended meanwhile: nothing of it is charged."
        case .gone: "The skipped charge of \(date) is not there any more: the subscription is left as it is."
        }
    }
}
