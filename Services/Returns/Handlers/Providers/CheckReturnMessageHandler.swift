import Commerce
import Contracts
import Foundation
import Messaging
import Providers

/// Looks whether the helpdesk has sent a message that it took, until it has: people are told, once, of one that could not
/// be sent, or is not sent by the last look.
struct CheckReturnMessageHandler: EffectHandler {
    typealias Message = CheckReturnMessage

    // LIMIT: helpdesks name no time; a mail server that is down holds a mail back for hours, and seldom for a day.
    private static let waits: [Duration] = [.minutes(10), .hours(1), .hours(24)]

    let accounts: ProviderAccounts
    let effect = EffectKind("helpdesk", "message.look", recovery: .sendAgain)
    let priority = CallPriority.bulk

    struct Request: Codable, Sendable {
        var helpdesk: ReturnRequest.Helpdesk
        var key: String
    }

    enum Sight: Codable, Sendable, Equatable {
        case pending
        case sent
        /// - Parameter reason: what the helpdesk says of it.
        case failed(reason: String?)
        /// - Parameter reason: why there is nothing to look at.
        case unseen(reason: String)
    }

    /// Has a message looked at a while from now; one that was looked at for the last time is left alone.
    static func schedule(_ command: CheckReturnMessage, in transaction: HandlerTransaction) async throws {
        guard waits.indices.contains(command.look) else { return }
        try await transaction.schedule(
            command, at: transaction.now + waits[command.look].timeInterval, subject: command.returnID.description)
    }

    func plan(
        _ command: CheckReturnMessage, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        guard let helpdesk = row.request.helpdesk else { return .reply(Done()) }
        return .read(Request(helpdesk: helpdesk, key: command.key))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Sight {
        do {
            let helpdesk = try await accounts.helpdesk(request.helpdesk.provider, call.workspaceID)
            let messages = try await helpdesk.messages(ofTicket: request.helpdesk.ticketID)
            guard let message = messages.first(where: { $0.key == request.key }) else {
                return .unseen(reason: "It is not on the ticket any more.")
            }
            switch message.delivery {
            case .pending: return .pending
            case .delivered: return .sent
            case .failed(let reason): return .failed(reason: reason)
            }
        } catch let failure as ProviderFailure {
            guard case .refused(_, let message) = failure else { throw failure }
            return .unseen(reason: message)
        }
    }

    func settle(
        _ sight: Sight, of request: Request, for command: CheckReturnMessage, in transaction: HandlerTransaction
    ) async throws -> Done {
        switch sight {
        case .sent: break
        case .pending where command.look + 1 < Self.waits.count:
            var next = command
            next.look += 1
            try await Self.schedule(next, in: transaction)
        case .pending:
            try await tell("It has waited for a day to be sent.", of: command, request, transaction)
        case .failed(let reason):
            try await tell(reason ?? "The helpdesk does not say why.", of: command, request, transaction)
        case .unseen(let reason):
            let text = "Whether the message '\(command.message.rawValue)' was sent is not known: \(reason)"
            ReturnTimeline(command.returnID, transaction).append(
                ReturnHappening(
                    "return.message_unseen", text, externalRef: request.helpdesk.reference, dedupeKey: command.key))
        }
        return Done()
    }

    /// What the customer has not got is somebody's to send.
    private func tell(
        _ reason: String, of command: CheckReturnMessage, _ request: Request, _ transaction: HandlerTransaction
    ) async throws {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        let text = "The helpdesk did not send the message '\(command.message.rawValue)' to the customer: \(reason)"
        let happening = ReturnHappening(
            "return.message_unsent", text, externalRef: request.helpdesk.reference, dedupeKey: command.key)
        let timeline = ReturnTimeline(row.id, transaction)
        guard try await !timeline.has(happening) else { return }
        timeline.append(happening)
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "return_message_unsent/\(command.key)", title: "A message to a customer was not sent",
                    text: "\(text) It stands on the ticket: send it from there.",
                    fields: [
                        "return": "\(row.id)", "order": "\(row.orderID)", "ticket": request.helpdesk.reference,
                    ], next: ["stateset returns show \(row.id)"])),
            subject: row.id.description)
    }
}

extension ReturnRequest.Helpdesk {
    fileprivate var reference: String { "\(provider):\(ticketID)" }
}
