import Commerce
import Contracts
import Messaging
import Providers

/// Closes the helpdesk's ticket with its return, where the last word on it is ours and answers all that its customer has
/// written since our first.
///
/// *Guarantees*: a ticket that its customer has opened again, by writing, stays open however often the command comes.
/// *Not guaranteed*: one that an agent opens again without a word, within the seconds after an answer was lost, may be
/// closed once more.
struct CloseReturnTicketHandler: EffectHandler {
    typealias Message = CloseReturnTicket

    let accounts: ProviderAccounts
    // WHY: a change of a ticket has no key; a slow first request may still land.
    let effect = EffectKind("helpdesk", "ticket.close", recovery: .probe(settleTime: .seconds(30)))

    struct Request: Codable, Sendable {
        var helpdesk: ReturnRequest.Helpdesk
        /// What the keys of the return's own messages begin with.
        var messageKeys: String
    }

    enum Outcome: Codable, Sendable, Equatable {
        case closed
        /// Somebody has written since: an agent, the customer, or another return of the same ticket.
        case answered
        /// The workspace closes its tickets itself.
        case kept
        case refused(Refusal)
    }

    func plan(
        _ command: CloseReturnTicket, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        guard let helpdesk = row.request.helpdesk else { return .reply(Done()) }
        return .effect(key: "ticket.close:\(row.key)", Request(helpdesk: helpdesk, messageKeys: "\(row.key)/"))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        do {
            let helpdesk = try await accounts.helpdesk(request.helpdesk.provider, call.workspaceID)
            guard helpdesk.closesTickets else { return .kept }
            return try await close(request, at: helpdesk)
        } catch let failure as ProviderFailure {
            return .refused(try refusal(of: failure))
        }
    }

    /// A ticket that is gone or locked is worth a line on its return, and no trouble.
    /// - Throws: the failure, where trying again may help.
    private func refusal(of failure: ProviderFailure) throws -> Refusal {
        switch failure {
        case .refused, .unauthorized: Refusal(code: failure.code, message: failure.message)
        case .transient, .unknownOutcome, .postponed: throw failure
        }
    }

    private func close(_ request: Request, at helpdesk: any Helpdesk) async throws(ProviderFailure) -> Outcome {
        let id = request.helpdesk.ticketID
        // WHY: the ticket before its messages: what is written in between is seen, and what is written after it changes it.
        let ticket = try await helpdesk.ticket(id: id)
        guard !ticket.isClosed else { return .closed }
        guard isAnswered(by: request.messageKeys, try await helpdesk.messages(ofTicket: id)) else { return .answered }
        try await helpdesk.setStatus(.solved, ofTicket: id, unlessChangedSince: ticket.updatedAt)
        return .closed
    }

    /// What our messages say of themselves answers nobody: what others wrote after the first of them is the customer's,
    /// unless it is said to be an agent's.
    private func isAnswered(by keys: String, _ messages: [HelpdeskMessage]) -> Bool {
        func isOurs(_ message: HelpdeskMessage) -> Bool { message.key?.hasPrefix(keys) == true }
        let since = messages.filter(\.isPublic).drop { !isOurs($0) }
        guard let last = since.last, isOurs(last) else { return false }
        return since.last { $0.key == nil }.map { $0.isFromAgent == true } ?? true
    }

    func probe(_ request: Request, for call: EffectCall) async throws -> Outcome? {
        do {
            let helpdesk = try await accounts.helpdesk(request.helpdesk.provider, call.workspaceID)
            return try await helpdesk.ticket(id: request.helpdesk.ticketID).isClosed ? .closed : nil
        } catch let failure as ProviderFailure {
            return .refused(try refusal(of: failure))
        }
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: CloseReturnTicket, in transaction: HandlerTransaction
    ) async throws -> Done {
        let (type, summary): (String, String)
        switch outcome {
        case .kept: return Done()
        case .closed: (type, summary) = ("return.ticket_closed", "The helpdesk's ticket is closed.")
        case .answered:
            (type, summary) = (
                "return.ticket_left_open", "The helpdesk's ticket stays open: somebody has written on it since."
            )
        case .refused(let refusal):
            (type, summary) = (
                "return.ticket_left_open", "The helpdesk's ticket could not be closed: \(refusal.message)"
            )
        }
        let ticket = "\(request.helpdesk.provider):\(request.helpdesk.ticketID)"
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try await goods.save(
            ReturnHappening(type, summary, externalRef: ticket, dedupeKey: request.messageKeys))
        return Done()
    }
}

extension HelpdeskTicket {
    fileprivate var isClosed: Bool { status == .solved || status == .closed }
}
