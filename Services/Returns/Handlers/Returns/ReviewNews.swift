import Commerce
import Contracts
import Messaging

/// Says to the customer that somebody looks at a return, by mail and on its ticket: once for each stage in each of its
/// lives, however many reviews there are.
struct ReviewNews: Sendable {
    let stage: ReviewStage
    let row: ReturnRow

    init(_ stage: ReviewStage, of row: ReturnRow) {
        self.stage = stage
        self.row = row
    }

    func send(in transaction: HandlerTransaction) async throws {
        let version = stage == .request ? row.key : "\(row.key)-\(stage.rawValue)"
        try await ReturnNotice(.returnInReview, of: row, version: version, stage: stage).send(in: transaction)
        guard row.request.helpdesk != nil else { return }
        try transaction.send(
            PostReturnMessage(returnID: row.id, message: .inReview, version: stage.rawValue),
            subject: row.id.description)
    }
}
