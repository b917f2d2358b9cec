import Commerce
import Contracts
import Messaging

/// Shows on a claim how its saga goes: which it is, and when it needs somebody.
struct ProjectWarrantySaga: EventHandler {
    static let saga = "warranty"

    private static let trouble: Set = ["stuck", "diverged", "terminated", "failed"]
    private static let troublePrefix = "saga_"

    func handle(_ news: SagaUpdated, in transaction: HandlerTransaction) async throws {
        guard news.name == Self.saga, let id = WarrantyID(news.key),
            try await WarrantyStore(transaction).lock(id) != nil
        else { return }
        var claim = try await WarrantyCase.lock(id, in: transaction)
        guard (news.run, news.version) > (claim.row.sagaRun, claim.row.sagaVersion) else { return }
        claim.row.sagaID = news.sagaID
        claim.row.sagaRun = news.run
        claim.row.sagaVersion = news.version
        // WHY: in one expression it would be saved as it was before.
        let happening = Self.follow(news, &claim.row)
        try await claim.save(happening)
    }

    private static func follow(_ news: SagaUpdated, _ row: inout WarrantyRow) -> ReturnHappening? {
        // A provider's no has ended it; a person's, or the customer's, stands there already.
        if news.status == "compensated", row.status == .cancelled, let error = news.error {
            row.reason = error
            return ReturnHappening("warranty.undone", error.message, dedupeKey: "\(news.run).\(news.version)")
        }
        guard trouble.contains(news.status) else {
            if row.reason?.code.hasPrefix(troublePrefix) == true { row.reason = nil }
            return nil
        }
        let message = news.error?.message ?? "The claim's process is \(news.status); an operator has to look at it."
        row.reason = Refusal(code: troublePrefix + news.status, message: message)
        return ReturnHappening("saga.\(news.status)", message, dedupeKey: "\(news.run).\(news.version)")
    }
}
