import Commerce
import Synchronization

@testable import Providers
@testable import Returns

/// A helpdesk with one ticket, under a test's control.
final class TestHelpdesk: Helpdesk {
    struct State {
        var status = HelpdeskStatus.open
        var messages: [HelpdeskMessage] = []
        /// What becomes of each that is written.
        var delivery = HelpdeskDelivery.delivered
        /// How often the ticket was closed.
        var closings = 0
        /// Whether the next change acts without an answer.
        var losesAnswer = false
        /// Whether a change is made and answered at all.
        var refusal: ProviderFailure?
        /// Whether the ticket can be read at all.
        var readRefusal: ProviderFailure?
    }

    let closesTickets: Bool
    private let state = Mutex(State())

    init(closesTickets: Bool = true) { self.closesTickets = closesTickets }

    var now: State { state.withLock { $0 } }

    func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    /// Somebody writes; without a key it is not us, but the customer or an agent.
    func write(_ key: String? = nil, isPublic: Bool = true, isFromAgent: Bool = false) {
        state.withLock { state in
            state.messages.append(
                HelpdeskMessage(
                    id: "\(state.messages.count)", isPublic: isPublic, isFromAgent: key != nil || isFromAgent,
                    text: "…", key: key,
                    attachmentNames: [], createdAt: nil, delivery: state.delivery))
            if key == nil, isPublic, !isFromAgent { state.status = .open }
        }
    }

    func ticket(id: String) async throws(ProviderFailure) -> HelpdeskTicket {
        if let refusal = now.readRefusal { throw refusal }
        return HelpdeskTicket(
            id: id, subject: nil, status: now.status, customer: nil, tags: [], fields: [], updatedAt: nil)
    }

    func messages(ofTicket id: String) async throws(ProviderFailure) -> [HelpdeskMessage] { now.messages }

    func post(_ message: HelpdeskDraft, onTicket id: String) async throws(ProviderFailure) -> HelpdeskMessage {
        write(message.key, isPublic: message.isPublic)
        guard let posted = now.messages.last else { throw Self.unused }
        return posted
    }

    func setStatus(
        _ status: HelpdeskStatus, ofTicket id: String, unlessChangedSince stamp: String?
    ) async throws(ProviderFailure) {
        let failure = state.withLock { state -> ProviderFailure? in
            if let refusal = state.refusal { return refusal }
            state.status = status
            state.closings += 1
            defer { state.losesAnswer = false }
            return state.losesAnswer ? .unknownOutcome(code: "timeout", message: "no answer came") : nil
        }
        if let failure { throw failure }
    }

    func addTags(_ tags: [String], toTicket id: String) async throws(ProviderFailure) { throw Self.unused }
    func removeTags(_ tags: [String], fromTicket id: String) async throws(ProviderFailure) { throw Self.unused }
    func fields(returnNumber: String, trackingNumber: String?) -> [HelpdeskField] { [] }
    func setFields(_ fields: [HelpdeskField], ofTicket id: String) async throws(ProviderFailure) { throw Self.unused }

    private static let unused = ProviderFailure.refused(code: "unused", message: "Nobody is to ask for this.")
}

extension ProviderAccounts {
    /// A workspace with a helpdesk and nothing else.
    static func only(_ helpdesk: TestHelpdesk) -> ProviderAccounts {
        let none = ProviderFailure.refused(code: "unused", message: "Only the helpdesk is to be called.")
        return ProviderAccounts(
            shopify: { _ in throw none }, netSuite: { _ in nil }, dcl: { _ in nil }, shipStation: { _ in throw none },
            helpdesk: { _, _ in helpdesk }, recharge: { _ in throw none }, stripe: { _ in throw none },
            refundsAtStripe: { _ in nil }, quickBooks: { _ in nil }, documents: { _, _ in [] })
    }
}
