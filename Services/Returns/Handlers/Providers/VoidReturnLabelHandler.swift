import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Voids the label. One that was used meanwhile, or that the carrier does not void, stays and is told.
struct VoidReturnLabelHandler: EffectHandler {
    typealias Message = VoidReturnLabel

    let accounts: ProviderAccounts
    let effect = EffectKind("shipstation", "label.void", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var labelID: String
    }

    struct Outcome: Codable, Sendable {
        /// In the carrier's words; nil where the label is void.
        var refusal: String?
    }

    func plan(
        _ command: VoidReturnLabel, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        .effect(key: "label.void:\(command.labelID)", Request(labelID: command.labelID))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        let client = try await accounts.shipStation(call.workspaceID).client
        do {
            try await client.void(request.labelID)
            return Outcome()
        } catch ProviderFailure.refused(_, let message) {
            return Outcome(refusal: message)
        }
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: VoidReturnLabel, in transaction: HandlerTransaction
    ) async throws -> Done {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        if outcome.refusal == nil, goods.row.label?.id == command.labelID { goods.row.label?.isVoided = true }
        let happening =
            if let refusal = outcome.refusal {
                ReturnHappening(
                    "return.label_not_voided", "The label stays: \(refusal)",
                    externalRef: "shipstation:\(command.labelID)", dedupeKey: command.labelID)
            } else {
                ReturnHappening(
                    "return.label_voided", "The label for the parcel is void.",
                    externalRef: "shipstation:\(command.labelID)", dedupeKey: command.labelID)
            }
        try await goods.save(happening)
        return Done()
    }
}
