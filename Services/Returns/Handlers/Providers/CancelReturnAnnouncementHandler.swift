import Commerce
import Contracts
import Messaging
import Providers

/// Takes the announcement back. Where the warehouse has received something already, it stays, and people are told.
struct CancelReturnAnnouncementHandler: EffectHandler {
    typealias Message = CancelReturnAnnouncement

    let accounts: ProviderAccounts
    let effect = EffectKind("dcl", "return.cancel", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var number: String
    }

    enum Outcome: String, Codable, Sendable {
        case cancelled, received, notThere
    }

    func plan(
        _ command: CancelReturnAnnouncement, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        .effect(key: "return.cancel:\(command.number)", Request(number: command.number))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        guard let client = try await accounts.dcl(call.workspaceID), let number = DCLOrderNumber(request.number) else {
            return .notThere
        }
        do {
            try await client.cancelReturn(number)
            return .cancelled
        } catch {
            guard error.isRefusal else { throw error }
            // WHY: the warehouse's words for it are not documented; what it holds tells.
            guard let present = try await client.returnAuthorization(number) else { return .notThere }
            if present.isCancelled { return .cancelled }
            guard present.lines.contains(where: { $0.received > 0 }) else { throw error }
            return .received
        }
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: CancelReturnAnnouncement,
        in transaction: HandlerTransaction
    ) async throws -> Done {
        // WHY: its number stays with the return, so that a parcel which comes after all is known.
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try await goods.save(
            ReturnHappening(
                "return.announcement_cancelled", outcome.summary, externalRef: "dcl:\(command.number)",
                dedupeKey: command.number))
        if outcome == .received { try alert(of: goods.row, command.number, in: transaction) }
        return Done()
    }

    private func alert(of row: ReturnRow, _ number: String, in transaction: HandlerTransaction) throws {
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "return_received_while_ending/\(row.key)",
                    title: "The warehouse has goods of a return that is ending",
                    text: "Its announcement could not be taken back: reopen the return, or have the goods sent back.",
                    fields: ["return": "\(row.id)", "order": "\(row.orderID)", "number": number],
                    next: [
                        "stateset returns show \(row.id)", "stateset returns reopen \(row.id) --reason '…'",
                    ])),
            subject: row.id.description)
    }
}

extension CancelReturnAnnouncementHandler.Outcome {
    fileprivate var summary: String {
        switch self {
        case .cancelled: "The warehouse expects the goods no longer."
        case .received: "The warehouse has received goods of the return already: its announcement stays."
        case .notThere: "The warehouse knows no such announcement."
        }
    }
}
