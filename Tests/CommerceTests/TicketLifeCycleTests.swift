import Commerce
import Testing

@Suite("The life cycle of a ticket")
struct TicketLifeCycleTests {
    /// Written out again by hand, so that a slip in the table is noticed.
    static let legal: [TicketStatus: Set<TicketStatus>] = [
        .returnRequested: [.eligibilityCheck, .cancelled],
        .eligibilityCheck: [.approved, .inReview, .rejected, .cancelled],
        .inReview: [.approved, .rejected, .itemReceived, .refunded, .cancelled, .closed],
        .approved: [.labelSent, .itemReceived, .refunded, .inReview, .cancelled, .closed],
        .labelSent: [.itemReceived, .inReview, .cancelled],
        .itemReceived: [.refunded, .inReview, .closed],
        .refunded: [.inReview, .closed],
        .rejected: [.inReview, .closed],
        .cancelled: [.inReview, .closed],
        .closed: [.inReview, .open],
        .open: [.pending, .solved, .closed],
        .pending: [.open, .solved, .closed],
        .solved: [.open, .closed],
    ]

    static let pairs = TicketStatus.allCases.flatMap { from in TicketStatus.allCases.map { (from, $0) } }
    static let events = TicketStatus.allCases.flatMap { from in TicketEvent.allCases.map { (from, $0) } }

    @Test("allows exactly the moves that make sense", arguments: pairs)
    func everyPair(from: TicketStatus, to: TicketStatus) {
        #expect(TicketLifeCycle.ticket.permits(from: from, to: to) == Self.legal[from]?.contains(to))
    }

    @Test("an event leads to one next status, caused by someone, or is refused", arguments: events)
    func everyEvent(from: TicketStatus, event: TicketEvent) {
        expectOneOutcome(of: .ticket, from: from, on: event)
    }

    @Test("a ticket of a return goes through every status of the returns workflow, in its words")
    func workflow() {
        let path: [(TicketEvent, String)] = [
            (.checkEligibility, "eligibility_check"), (.approve, "approved"), (.sendLabel, "label_sent"),
            (.receiveItem, "item_received"), (.refund, "refunded"),
        ]
        var status = TicketStatus.returnRequested
        for (event, word) in path {
            status = TicketLifeCycle.ticket.transition(from: status, on: event)?.to ?? status
            #expect(status.rawValue == word)
        }
    }

    @Test("nobody but the system says that a ticket is refunded")
    func refunded() {
        for transition in TicketLifeCycle.ticket.transitions where transition.to == .refunded {
            #expect(transition.who == [.system])
        }
    }

    @Test("by hand a return is decided, moved on with its goods or cancelled: never taken out of its process's hands")
    func byHand() {
        let aboutReturns = TicketStatus.allCases.filter { ![.open, .pending, .solved, .closed].contains($0) }
        for status in aboutReturns {
            let next = TicketLifeCycle.ticket.allowed(from: status, by: .staff).map(\.to)
            #expect(!next.contains(.inReview))
            #expect(!next.contains(.closed) || status == .refunded)
        }
    }

    /// Whatever a return may do, its ticket can follow.
    @Test("follows its return", arguments: ReturnLifeCycle.goodsReturn.transitions.map { [$0.from, $0.to] })
    func follows(step: [ReturnStatus]) {
        let (from, to) = (TicketStatus(step[0]), TicketStatus(step[1]))
        #expect(from == to || TicketLifeCycle.ticket.permits(from: from, to: to), "\(from) to \(to)")
    }
}
