import Commerce
import Testing

@Suite("The life cycle of a refund")
struct RefundLifeCycleTests {
    /// Written out again by hand, so that a slip in the table is noticed.
    static let legal: [RefundStatus: Set<RefundStatus>] = [
        .requested: [.pending, .succeeded, .failed, .requiresAction],
        .pending: [.succeeded, .failed, .requiresAction],
        .requiresAction: [.pending, .succeeded, .failed],
        .succeeded: [.failed],
        .failed: [.requested, .succeeded],
    ]

    static let pairs = RefundStatus.allCases.flatMap { from in RefundStatus.allCases.map { (from, $0) } }
    static let events = RefundStatus.allCases.flatMap { from in RefundEvent.allCases.map { (from, $0) } }

    @Test("allows exactly the moves that make sense", arguments: pairs)
    func everyPair(from: RefundStatus, to: RefundStatus) {
        #expect(RefundLifeCycle.refund.permits(from: from, to: to) == Self.legal[from]?.contains(to))
    }

    @Test("an event leads to one next status, caused by someone, or is refused", arguments: events)
    func everyEvent(from: RefundStatus, event: RefundEvent) {
        expectOneOutcome(of: .refund, from: from, on: event)
    }

    @Test("every status can be reached; a success may still be taken back, days later")
    func reachable() {
        #expect(RefundLifeCycle.refund.reached == Set(RefundStatus.allCases))
        #expect(RefundLifeCycle.refund.transition(from: .succeeded, on: .reverse)?.to == .failed)
        #expect(RefundLifeCycle.refund.allowed(from: .succeeded).map(\.event) == [.reverse])
    }

    @Test("only a success is done")
    func done() {
        #expect(RefundStatus.allCases.filter(\.isDone) == [.succeeded])
    }

    @Test("neither a customer nor an agent moves it, and staff never say that it succeeded")
    func actors() {
        for transition in RefundLifeCycle.refund.transitions {
            #expect(transition.who.isSubset(of: [.system, .staff]))
            if transition.to == .succeeded { #expect(transition.who == [.system]) }
        }
    }
}
