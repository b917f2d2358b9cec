import Commerce
import Testing

@Suite("The life cycle of a warranty claim")
struct WarrantyLifeCycleTests {
    /// Written out again by hand, so that a slip in the table is noticed.
    static let legal: [WarrantyStatus: Set<WarrantyStatus>] = [
        .requested: [.coverageCheck, .cancelled],
        .coverageCheck: [.approved, .inReview, .rejected, .cancelled],
        .inReview: [.approved, .inspected, .rejected, .received, .cancelled],
        .approved: [.labelSent, .inTransit, .received, .inReview, .replaced, .refundPending, .cancelled, .expired],
        .labelSent: [.inTransit, .received, .inReview, .cancelled, .expired],
        .inTransit: [.received, .inReview, .cancelled],
        .received: [.received, .inspected, .inReview, .cancelled],
        .inspected: [.inRepair, .replaced, .refundPending, .inReview, .cancelled],
        .inRepair: [.repaired, .inspected, .cancelled],
        .repaired: [.closed],
        .replaced: [.closed],
        .refundPending: [.refunded, .inReview],
        .refunded: [.inReview, .closed],
        .closed: [],
        .rejected: [],
        .cancelled: [],
        .expired: [],
    ]

    static let pairs = WarrantyStatus.allCases.flatMap { from in WarrantyStatus.allCases.map { (from, $0) } }
    static let events = WarrantyStatus.allCases.flatMap { from in WarrantyEvent.allCases.map { (from, $0) } }

    @Test("allows exactly the moves that make sense", arguments: pairs)
    func everyPair(from: WarrantyStatus, to: WarrantyStatus) {
        #expect(WarrantyLifeCycle.warrantyClaim.permits(from: from, to: to) == Self.legal[from]?.contains(to))
    }

    @Test("an event leads to one next status, caused by someone, or is refused", arguments: events)
    func everyEvent(from: WarrantyStatus, event: WarrantyEvent) {
        expectOneOutcome(of: .warrantyClaim, from: from, on: event)
    }

    @Test("every status can be reached, and nothing leads out of one that has ended")
    func reachable() {
        #expect(WarrantyLifeCycle.warrantyClaim.reached == Set(WarrantyStatus.allCases))
        #expect(
            WarrantyLifeCycle.warrantyClaim.terminal == Set(WarrantyStatus.allCases.filter(\.isUndone)).union([.closed])
        )
    }

    @Test("nobody but the system cancels a claim whose goods are here")
    func cancel() {
        for status in [WarrantyStatus.received, .inspected, .inRepair] {
            let cancel = WarrantyLifeCycle.warrantyClaim.transition(from: status, on: .cancel)
            #expect(cancel?.who == [.system])
        }
    }
}
