import Commerce
import Testing

@Suite("The life cycle of a return")
struct ReturnLifeCycleTests {
    /// Written out again by hand, so that a slip in the table is noticed.
    static let legal: [ReturnStatus: Set<ReturnStatus>] = [
        .requested: [.eligibilityCheck, .cancelled],
        .eligibilityCheck: [.approved, .inReview, .rejected, .cancelled],
        .inReview: [.approved, .rejected, .received, .inspected, .refundPending, .closed, .cancelled],
        .approved: [
            .labelPending, .labelSent, .received, .refundPending, .exchanged, .closed, .inReview, .cancelled, .expired,
        ],
        .labelPending: [.labelSent, .received, .inReview, .cancelled, .expired],
        .labelSent: [.labelSent, .inTransit, .received, .inReview, .cancelled, .expired],
        .inTransit: [.received, .inReview, .cancelled],
        .received: [.received, .inspected, .inReview],
        .inspected: [.refundPending, .exchanged, .inReview, .closed],
        .refundPending: [.refunded, .exchanged, .inReview],
        .refunded: [.exchanged, .closed, .inReview],
        .exchanged: [.closed, .inReview],
        .closed: [.inReview],
        .rejected: [.inReview],
        .cancelled: [.inReview],
        .expired: [.inReview],
    ]

    static let pairs = ReturnStatus.allCases.flatMap { from in ReturnStatus.allCases.map { (from, $0) } }
    static let events = ReturnStatus.allCases.flatMap { from in ReturnEvent.allCases.map { (from, $0) } }

    @Test("allows exactly the moves that make sense", arguments: pairs)
    func everyPair(from: ReturnStatus, to: ReturnStatus) {
        #expect(ReturnLifeCycle.goodsReturn.permits(from: from, to: to) == Self.legal[from]?.contains(to))
    }

    @Test("an event leads to one next status, caused by someone, or is refused", arguments: events)
    func everyEvent(from: ReturnStatus, event: ReturnEvent) {
        expectOneOutcome(of: .goodsReturn, from: from, on: event)
    }

    @Test("every status can be reached, and none is a dead end")
    func reachable() {
        #expect(ReturnLifeCycle.goodsReturn.reached == Set(ReturnStatus.allCases))
        #expect(ReturnLifeCycle.goodsReturn.terminal == [])
    }

    @Test("only what ended without goods lets go of its units")
    func units() {
        #expect(ReturnStatus.allCases.filter { !$0.holdsUnits } == [.rejected, .cancelled, .expired])
    }

    @Test("a customer may only cancel, and not once the parcel is on its way")
    func customer() {
        let early: Set<ReturnStatus> = [
            .requested, .eligibilityCheck, .inReview, .approved, .labelPending, .labelSent,
        ]
        for status in ReturnStatus.allCases {
            let events = ReturnLifeCycle.goodsReturn.allowed(from: status, by: .customer).map(\.event)
            #expect(events == (early.contains(status) ? [.cancel] : []))
        }
    }

    @Test("staff get another label while nobody has seen the parcel of the one before, and nobody else does")
    func reissue() {
        let cycle = ReturnLifeCycle.goodsReturn
        #expect(cycle.transitions.filter { $0.event == .reissueLabel }.map(\.from) == [.labelSent])
        #expect(cycle.transition(from: .labelSent, on: .reissueLabel)?.to == .labelSent)
        #expect(cycle.transition(from: .labelSent, on: .reissueLabel)?.who == [.staff])
    }

    @Test("only the system says that money moved")
    func money() {
        let facts: Set<ReturnEvent> = [.refundSucceeded, .refundFailed]
        for transition in ReturnLifeCycle.goodsReturn.transitions where facts.contains(transition.event) {
            #expect(transition.who == [.system])
        }
    }
}

extension LifeCycle {
    /// The states that can be reached from the initial one.
    var reached: Set<State> {
        var reached: Set<State> = [initial]
        while true {
            let next = reached.union(transitions.filter { reached.contains($0.from) }.map(\.to))
            if next == reached { return reached }
            reached = next
        }
    }
}

/// A pair of state and event has at most one transition, which the table allows to somebody and finds again.
func expectOneOutcome<State, Event>(
    of cycle: LifeCycle<State, Event>, from state: State, on event: Event,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let rows = cycle.transitions.filter { $0.from == state && $0.event == event }
    #expect(rows.count <= 1, sourceLocation: sourceLocation)
    #expect(cycle.transition(from: state, on: event) == rows.first, sourceLocation: sourceLocation)
    #expect(cycle.allowed(from: state).filter { $0.event == event } == rows, sourceLocation: sourceLocation)
    for row in rows {
        #expect(!row.who.isEmpty && cycle.permits(from: state, to: row.to), sourceLocation: sourceLocation)
        for actor in LifeCycleActor.allCases {
            let isAllowed = cycle.allowed(from: state, by: actor).contains(row)
            #expect(isAllowed == row.who.contains(actor), sourceLocation: sourceLocation)
        }
    }
}
