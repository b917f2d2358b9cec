import Commerce
import Contracts
import Foundation
import Messaging

struct ReviewReturnHandler: CommandHandler {
    func handle(_ command: ReviewReturn, in transaction: HandlerTransaction) async throws -> Done {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try goods.review(command.reason)
        try await goods.save(
            ReturnHappening(
                "return.in_review", command.reason.message,
                dedupeKey: "\(goods.row.key)-\(command.reason.code)-\(transaction.now.timeIntervalSince1970)"))
        return Done()
    }
}

/// Says by Slack that a return has waited longer for a person than it should; one alert a return.
struct EscalateReviewHandler: CommandHandler {
    func handle(_ command: EscalateReview, in transaction: HandlerTransaction) async throws -> Done {
        let goods = try await ReturnCase.lock(command.returnID, in: transaction)
        guard goods.row.status == .inReview else { return Done() }
        let reason = goods.row.reason?.message ?? "A person has to decide."
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "return_review/\(command.returnID)", title: "A return waits for a decision",
                    text: reason, fields: ["return": "\(command.returnID)", "order": "\(goods.row.orderID)"])),
            subject: command.returnID.description)
        try await ReturnTimeline(command.returnID, transaction).append(
            ReturnHappening(
                "return.review_overdue", "The review is overdue; an alert went out.",
                dedupeKey: "\(goods.row.key)-\(goods.row.reviewDueAt?.timeIntervalSince1970 ?? 0)"))
        return Done()
    }
}

struct DecideReturnHandler: CommandHandler {
    func handle(_ command: DecideReturn, in transaction: HandlerTransaction) async throws -> Done {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try goods.row.requireOwnProcess(for: command.verb.rawValue)
        try await ReturnDecisionByPerson(transaction: transaction).decide(command.verb, command.reason, &goods)
        return Done()
    }
}

/// A person's word on a return in review: before its goods are here it goes on its way, after that to its refund.
struct ReturnDecisionByPerson: Sendable {
    let transaction: HandlerTransaction

    /// Failure: a ``Refusal`` `not_allowed` where the return is not in review.
    func decide(_ verb: DecideReturn.Verb, _ reason: String, _ goods: inout ReturnCase) async throws {
        guard goods.row.status == .inReview else {
            throw Refusal(
                code: "not_allowed", message: "A return that is \(goods.row.status.rawValue) is not in review.")
        }
        let isApproved = verb == .approve
        let isHere = goods.row.receivedAt != nil
        try goods.move(isApproved ? (isHere ? .inspect : .approve) : .reject, by: .staff)
        if !isApproved { goods.row.reason = Refusal(code: "rejected", message: reason) }
        try await goods.save(
            ReturnHappening(
                isApproved ? "return.approved" : "return.rejected", reason,
                dedupeKey: "\(goods.row.key)-\(transaction.now.timeIntervalSince1970)"))
        let subject = goods.row.id.description
        try transaction.publish(
            ReturnReviewed(returnID: goods.row.id, approved: isApproved, reason: reason), subject: subject)
        try await transaction.audit(
            AuditEntry(
                action: "return.\(verb.rawValue)", subject: subject, reason: reason,
                after: try RawJSON(encoding: ["status": goods.row.status.rawValue])))
    }
}
