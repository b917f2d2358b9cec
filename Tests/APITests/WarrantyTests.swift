import Commerce
import Testing

@testable import API

@Suite("Verbs of a warranty claim")
struct WarrantyVerbTests {
    @Test(
        "what may be done now is read off the claim's life cycle",
        arguments: [
            (WarrantyStatus.requested, [WarrantyVerb.cancel]), (.inReview, [.approve, .reject, .cancel]),
            (.labelSent, [.cancel]), (.inTransit, [.cancel]), (.received, [.inspect]), (.inspected, []),
            (.inRepair, [.repair]), (.repaired, []), (.replaced, []), (.refundPending, []), (.closed, []),
            (.rejected, []), (.cancelled, []), (.expired, []),
        ])
    func allowed(status: WarrantyStatus, verbs: [WarrantyVerb]) {
        #expect(WarrantyVerb.allowed(in: status) == verbs)
    }
}
