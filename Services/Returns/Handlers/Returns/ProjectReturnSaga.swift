import Commerce
import Contracts
import Messaging

/// Shows on the return how its saga goes: which it is, and when it needs somebody.
struct ProjectReturnSaga: EventHandler {
    static let saga = "return"

    private static let trouble: Set = ["stuck", "diverged", "terminated", "failed"]
    private static let troublePrefix = "saga_"
    /// A return may wait for its process to have been taken back.
    private static let undone: Set = ["compensated", "cancelled"]

    func handle(_ news: SagaUpdated, in transaction: HandlerTransaction) async throws {
        guard news.name == Self.saga, let id = ReturnID(news.key) else { return }
        let store = ReturnStore(transaction)
        if !Self.trouble.union(Self.undone).contains(news.status),
            try await store.note(news, of: id, unless: Self.troublePrefix)
        {
            return
        }
        guard try await store.orderID(of: id) != nil else { return }
        var goods = try await ReturnCase.lock(id, in: transaction)
        guard (news.run, news.version) > (goods.row.sagaRun, goods.row.sagaVersion) else { return }
        goods.row.sagaID = news.sagaID
        goods.row.sagaRun = news.run
        goods.row.sagaVersion = news.version
        goods.row.rests = news.isCompleted
        // WHY: in one expression it would be saved as it was before.
        let happening = Self.follow(news, &goods.row)
        try await goods.save(happening)
    }

    private static func follow(_ news: SagaUpdated, _ row: inout ReturnRow) -> ReturnHappening? {
        // A provider's no has ended it; a person's, or the customer's, stands there already.
        if news.status == "compensated", row.status == .cancelled, let error = news.error {
            row.reason = error
            return ReturnHappening("return.undone", error.message, dedupeKey: "\(news.run).\(news.version)")
        }
        if undone.contains(news.status), row.isWithdrawing {
            row.reason = row.withdrawal(isOver: true)
            return nil
        }
        guard trouble.contains(news.status) else {
            if row.reason?.code.hasPrefix(troublePrefix) == true { row.reason = nil }
            return nil
        }
        let message = news.error?.message ?? "The return's process is \(news.status); an operator has to look at it."
        // WHY: what a person has to decide once the process has ended stays said.
        if !row.isWithdrawing { row.reason = Refusal(code: troublePrefix + news.status, message: message) }
        return ReturnHappening("saga.\(news.status)", message, dedupeKey: "\(news.run).\(news.version)")
    }
}

extension SagaUpdated {
    /// Whether the saga has done all it had to do. It never runs again.
    var isCompleted: Bool { status == "completed" }
}
