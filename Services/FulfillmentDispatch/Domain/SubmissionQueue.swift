import Commerce
import Providers

/// Brings orders that are submitted at the same time into one batch.
///
/// The first goes at once; those that come while it is under way wait and go together, led by the first of them. So a
/// lone order never waits for company, and the more there are the fewer requests each takes.
/// *Guarantees*: each caller gets the result of its own order.
actor SubmissionQueue {
    typealias Submit = @Sendable ([DCLOrderDraft]) async -> [DCLOrderNumber: Result<DCLSubmission, ProviderFailure>]

    private enum Turn {
        case result(Result<DCLSubmission, ProviderFailure>)
        case lead
    }

    // LIMIT: a batch stays under a second at the warehouse; its own bound is 1,000.
    private static let batchMax = 50

    private var isUnderway = false
    private var waiting: [(order: DCLOrderDraft, continuation: CheckedContinuation<Turn, Never>)] = []

    /// How many wait for the batch under way.
    var waitingCount: Int { waiting.count }

    /// - Parameter submit: how this caller would submit; the leader's is used for the whole batch.
    func submit(_ order: DCLOrderDraft, by submit: @escaping Submit) async throws -> DCLSubmission {
        if isUnderway {
            let turn = await withCheckedContinuation { waiting.append((order, $0)) }
            if case .result(let result) = turn { return try result.get() }
        }
        isUnderway = true
        let company = takeCompany(of: order)
        let results = await submit([order] + company.map(\.order))
        for (order, continuation) in company {
            continuation.resume(returning: .result(Self.result(of: order, in: results)))
        }
        passOn()
        return try Self.result(of: order, in: results).get()
    }

    /// Those that wait, but never two with the same number: the warehouse would refuse the second.
    private func takeCompany(of leader: DCLOrderDraft) -> [(
        order: DCLOrderDraft, continuation: CheckedContinuation<Turn, Never>
    )] {
        var numbers: Set = [leader.orderNumber]
        var company: [(order: DCLOrderDraft, continuation: CheckedContinuation<Turn, Never>)] = []
        waiting.removeAll { one in
            guard company.count < Self.batchMax - 1, numbers.insert(one.order.orderNumber).inserted else {
                return false
            }
            company.append(one)
            return true
        }
        return company
    }

    private func passOn() {
        guard !waiting.isEmpty else {
            isUnderway = false
            return
        }
        waiting.removeFirst().continuation.resume(returning: .lead)
    }

    private static func result(
        of order: DCLOrderDraft, in results: [DCLOrderNumber: Result<DCLSubmission, ProviderFailure>]
    ) -> Result<DCLSubmission, ProviderFailure> {
        results[order.orderNumber]
            ?? .failure(.unknownOutcome(code: "no_verdict", message: "The warehouse said nothing of the order."))
    }
}

/// A queue for each workspace: an account's orders go together, no others.
actor SubmissionQueues {
    private var queues: [WorkspaceID: SubmissionQueue] = [:]

    func queue(of workspaceID: WorkspaceID) -> SubmissionQueue {
        if let known = queues[workspaceID] { return known }
        let queue = SubmissionQueue()
        queues[workspaceID] = queue
        return queue
    }
}
