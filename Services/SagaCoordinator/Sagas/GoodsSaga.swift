import Commerce
import Contracts
import Messaging
import Sagas

/// A saga of goods that a customer sends in, and that people decide about: a return, or a warranty claim.
///
/// What both do alike, word for word as their histories have it, is here; what each goes through is in its own file.
protocol GoodsSaga: Saga {
    associatedtype Key
    associatedtype Plan: GoodsPlan
    associatedtype Decision: PersonsDecision
    /// The news that goods have come in.
    associatedtype Received: Event
    /// The last word of a provider on its money.
    associatedtype Settled: RefundLastWord
    associatedtype Question: Command
    associatedtype Escalation: Command
    associatedtype Status: RawRepresentable<String>

    static var inReview: Status { get }
    /// How it ends where nothing is ever sent.
    static var expired: Refusal { get }

    /// Puts it before a person.
    static func question(_ key: Key, about reason: Refusal) -> Question
    /// Tells people that it has waited too long for one of them.
    static func escalation(_ key: Key) -> Escalation

    /// What a provider refuses, as more units than were shipped or a label that nobody has paid for, a person has to put
    /// right there. Returns with a yes.
    ///
    /// - Parameter areHere: becomes true where goods come in while a person decides.
    func ask(about refusal: Refusal, _ key: Key, _ plan: Plan, _ areHere: inout Bool, _ saga: SagaContext) throws
}

/// What the owner of the goods has settled before they are sent.
protocol GoodsPlan {
    /// Within which a person should decide.
    var reviewSeconds: Int { get }
    /// After the label was sent; in rising order.
    var reminderSeconds: [Int] { get }
    var expirySeconds: Int { get }
    /// Nil from a build that closed no ticket.
    var hasTicket: Bool? { get }
}

protocol PersonsDecision: Event {
    var approved: Bool { get }
    var reason: String { get }
}

protocol RefundLastWord: Event {
    var refundID: RefundID { get }
    var status: RefundStatus { get }
}

// MARK: Decision

extension GoodsSaga {
    /// Throws a person's no, so that everything done for the goods is undone.
    @discardableResult
    func expectApproval(_ key: Key, _ plan: Plan, _ saga: SagaContext) throws -> Decision {
        let decision = try review(key, plan, saga)
        guard decision.approved else { throw Refusal(code: "rejected", message: decision.reason) }
        return decision
    }

    /// Waits for a person as long as it takes, and says so once it takes too long.
    func review(_ key: Key, _ plan: Plan, _ saga: SagaContext) throws -> Decision {
        saga.status(Self.inReview)
        if let decision = try saga.wait(for: Decision.self, upTo: .seconds(plan.reviewSeconds)) { return decision }
        try saga.perform(Self.escalation(key))
        return try saga.wait(for: Decision.self)
    }

    /// Until it is done: what a provider refuses a person is asked about, and a yes asks the provider again.
    ///
    /// - Parameters:
    ///   - mayAsk: false for sagas of builds that undid everything instead.
    ///   - areHere: becomes true where goods come in while a person decides.
    /// - Returns: nil where the provider stays silent.
    @discardableResult
    func insist<C: Command, U: Command>(
        on command: C, mayAsk: Bool = true, _ key: Key, _ plan: Plan, _ areHere: inout Bool, _ saga: SagaContext,
        undo: @escaping (C.Reply) -> U?
    ) throws -> C.Reply? {
        guard mayAsk else { return try saga.perform(command, undo: undo) }
        while true {
            switch try saga.attempt(command, undo: undo) {
            case .accepted(let reply): return reply
            case .timedOut: return nil
            case .refused(let refusal): try ask(about: refusal, key, plan, &areHere, saga)
            }
        }
    }
}

// MARK: Parcel

extension GoodsSaga {
    /// Reminds while nobody has seen the parcel, and lets it expire where nobody ever does.
    func awaitGoods(_ goods: ReturnID, of key: Key, _ plan: Plan, _ saga: SagaContext) throws {
        var waited = 0
        for (index, due) in plan.reminderSeconds.enumerated() where due < plan.expirySeconds {
            if try saga.wait(for: Received.self, upTo: .seconds(due - waited)) != nil { return }
            try saga.perform(RemindOfReturn(returnID: goods, number: index + 1))
            waited = due
        }
        if try saga.wait(for: Received.self, upTo: .seconds(plan.expirySeconds - waited)) != nil { return }
        switch try saga.expire(goods, after: plan.expirySeconds, unless: Received.self) {
        case .received: return
        case .expired: throw Self.expired
        case .onItsWay: break
        }
        while try saga.wait(for: Received.self, upTo: .days(21)) == nil {
            let lost = Refusal(
                code: Refusal.parcelLost, message: "The carrier took the parcel, and it has not come in.")
            try saga.perform(Self.question(key, about: lost))
            saga.status(Self.inReview)
            let decision = try saga.decision(
                Decision.self, unless: Received.self, within: .seconds(plan.reviewSeconds),
                else: Self.escalation(key))
            guard let decision else { return }
            guard decision.approved else { throw Refusal(code: "rejected", message: decision.reason) }
        }
    }
}

// MARK: Money and ticket

extension GoodsSaga {
    /// Waits for the provider's last word; where it stays silent, it is asked once a day.
    func arrived(_ refundID: RefundID, _ saga: SagaContext) throws -> Bool {
        var status = try saga.perform(SendRefund(refundID: refundID)).status
        while status != .succeeded, status != .failed {
            let news = try saga.wait(for: Settled.self, upTo: .days(1)) { $0.refundID == refundID }
            status = try news?.status ?? saga.perform(CheckRefund(refundID: refundID)).status
        }
        return status == .succeeded
    }

    /// After the last word on the ticket. Money that fails later is a person's, who knows where the ticket is.
    func closeTicket(_ goods: ReturnID, _ plan: Plan, _ saga: SagaContext) throws {
        guard plan.hasTicket == true else { return }
        // WHY: a helpdesk that is away for a day holds up neither return nor claim.
        _ = try saga.attempt(CloseReturnTicket(returnID: goods), within: .days(1))
    }
}
