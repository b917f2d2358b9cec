import Commerce
import Contracts
import Messaging

/// Decides on a claim by what the terms said when it was made. One that has ended is not taken up again: its units are
/// free, and a new claim holds them anew.
struct CheckWarrantyHandler: CommandHandler {
    func handle(_ command: CheckWarranty, in transaction: HandlerTransaction) async throws -> CheckWarranty.Reply {
        var goods = try await ClaimedReturn.lock(of: command.warrantyID, in: transaction)
        var claim = try await WarrantyCase.lock(command.warrantyID, in: transaction)
        guard !claim.row.status.isUndone else {
            throw Refusal(
                code: "not_allowed", message: "A claim that is \(claim.row.status.rawValue) has ended; make a new one.")
        }
        let terms = try await WarrantyTerms.of(claim.row, in: transaction)
        try claim.move(.checkCoverage)
        goods?.follow(.checkEligibility)
        let happening = try decide(&claim, of: goods?.row, terms)
        try await goods?.follow(claim.row)
        if claim.row.status == .inReview {
            try await WarrantyNotice(.warrantyInReview, of: claim.row).send(in: transaction)
        }
        try await claim.save(happening)
        return CheckWarranty.Reply(
            outcome: claim.row.coverage.outcome, reason: claim.row.reason,
            outline: WarrantyOutline(claim.row, terms, returnID: goods?.row.id))
    }

    private func decide(
        _ claim: inout WarrantyCase, of goods: ReturnRow?, _ terms: WarrantyTerms
    ) throws -> ReturnHappening {
        let coverage = claim.row.coverage
        let words = coverage.reasons.map(\.message).joined(separator: " ")
        let reason = coverage.reasons.first.map { Refusal(code: $0.code.rawValue, message: words) }
        switch coverage.outcome {
        case .approved:
            try claim.move(.approve)
            return ReturnHappening(
                "warranty.approved", "Covered by plan '\(coverage.plan ?? "")' until \(coverage.lastDay).",
                dedupeKey: "check")
        case .inReview:
            let doubt = reason ?? Refusal(code: "review", message: "A person has to decide.")
            try claim.review(doubt, of: goods, within: terms.reviewSeconds)
            return ReturnHappening("warranty.in_review", doubt.message, dedupeKey: "check")
        case .rejected:
            try claim.move(.reject)
            claim.row.reason = reason ?? Refusal(code: "rejected", message: "The warranty does not cover it.")
            return ReturnHappening("warranty.rejected", words, dedupeKey: "check")
        }
    }
}

extension WarrantyCoverage {
    fileprivate var lastDay: String { endsOn?.description ?? "an unknown day" }
}

extension ReturnCase {
    /// The return goes on with the claim that it belongs to.
    fileprivate mutating func follow(_ claim: WarrantyRow) async throws {
        switch claim.status {
        case .approved: follow(.approve)
        case .inReview:
            guard let reason = claim.reason else { break }
            if permits(.review) { try review(reason) }
        default: break
        }
        try await save()
    }
}
