import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Voids the label, or as an undo the one that has taken its place. One that was used meanwhile, or that the carrier
/// does not void, stays and is told.
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
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        let labelID = row.labelToVoid(by: command)
        return .effect(key: "label.void:\(labelID)", Request(labelID: labelID))
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
        let isTheirs = goods.row.label?.id == request.labelID
        if outcome.refusal == nil, isTheirs { goods.row.label?.isVoided = true }
        let which = isTheirs ? "The label" : try await Self.name(of: request, for: command, in: transaction)
        let happening =
            if let refusal = outcome.refusal {
                ReturnHappening(
                    "return.label_not_voided", "\(which) stays: \(refusal)",
                    externalRef: "shipstation:\(request.labelID)", dedupeKey: request.labelID)
            } else {
                ReturnHappening(
                    "return.label_voided", "\(which) for the parcel is void.",
                    externalRef: "shipstation:\(request.labelID)", dedupeKey: request.labelID)
            }
        try await goods.save(happening)
        return Done()
    }

    /// A label that is not the customer's any more, or never was, by its number: there is more than one.
    private static func name(
        of request: Request, for command: VoidReturnLabel, in transaction: HandlerTransaction
    ) async throws -> String {
        let replaced = try await ReplacedLabelStore(transaction).all(of: command.returnID)
            .first { $0.labelID == request.labelID }
        return "The label \(replaced?.trackingNumber ?? request.labelID)"
    }
}

extension ReturnRow {
    /// WHY: an undo names the label that its step had bought, and the customer may have another by now.
    fileprivate func labelToVoid(by command: VoidReturnLabel) -> String {
        guard command.exactly != true, let label, label.replaces != nil else { return command.labelID }
        return label.id
    }

    /// Voids a label that took another's place, where the return ends without its goods.
    ///
    /// WHY: it may have done so after the undo of the first one's purchase, and no process knows of it. One that was
    /// voided before is not voided again.
    func giveUpReplacement(in transaction: HandlerTransaction) throws {
        guard let label, label.replaces != nil, !label.isVoided, receivedAt == nil else { return }
        try transaction.send(
            VoidReturnLabel(returnID: id, labelID: label.id, exactly: true), subject: id.description)
    }
}
