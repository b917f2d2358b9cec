import Commerce
import Contracts
import Foundation
import Messaging
import Views

/// Writes down what somebody has found who looked at the goods.
struct InspectWarrantyHandler: CommandHandler {
    func handle(_ command: InspectWarranty, in transaction: HandlerTransaction) async throws -> Done {
        var goods = try await ClaimedReturn.lock(of: command.warrantyID, in: transaction)
        var claim = try await WarrantyCase.lock(command.warrantyID, in: transaction)
        guard claim.row.status == .received else {
            throw Refusal(
                code: "not_allowed",
                message: "A claim that is \(claim.row.status.rawValue) has nothing to inspect; receive its goods first."
            )
        }
        try claim.choose(command.remedy)
        claim.row.finding = command.finding
        let words = [command.finding.summary, command.note].compactMap(\.self).joined(separator: " ")
        if command.finding == .defect {
            try claim.move(.inspect, by: .staff)
        } else {
            let terms = try await WarrantyTerms.of(claim.row, in: transaction)
            try claim.review(
                Refusal(code: command.finding.rawValue, message: words), of: goods?.row,
                within: terms.reviewSeconds, by: .staff)
        }
        if goods?.follow(.inspect, by: .staff) == true { try await goods?.save() }
        let subject = command.warrantyID.description
        try await claim.save(
            ReturnHappening("warranty.inspected", words, dedupeKey: "\(transaction.now.timeIntervalSince1970)"))
        try transaction.publish(
            WarrantyInspected(warrantyID: command.warrantyID, finding: command.finding), subject: subject)
        try await transaction.audit(
            AuditEntry(
                action: "warranty.inspect", subject: subject, reason: command.note,
                after: try RawJSON(encoding: ["finding": command.finding.rawValue])))
        return Done()
    }
}

extension WarrantyFinding {
    fileprivate var summary: String {
        switch self {
        case .defect: "The goods are faulty."
        case .noFault: "No fault was found."
        case .misuse: "The fault comes from misuse."
        case .notOurs: "These are not the goods that were sold."
        }
    }
}

/// Writes down how a repair has ended. Mended goods are on their way back by then.
struct RecordRepairHandler: CommandHandler {
    func handle(_ command: RecordRepair, in transaction: HandlerTransaction) async throws -> Done {
        var claim = try await WarrantyCase.lock(command.warrantyID, in: transaction)
        let isRepaired = command.outcome == .repaired
        claim.row.repair = .init(outcome: command.outcome, note: command.note)
        try claim.move(isRepaired ? .repair : .giveUpRepair, by: .staff)
        if isRepaired {
            guard let parcel = try command.parcel?.checked() else {
                throw Refusal(
                    code: "no_parcel",
                    message: "Send the mended goods back, and give the 'tracking_number' of the parcel.",
                    field: "tracking_number")
            }
            claim.row.parcel = parcel
        }
        let words = isRepaired ? "The goods are mended and on their way back." : "The goods cannot be mended."
        try await claim.save(
            ReturnHappening(
                "warranty.\(command.outcome.rawValue)",
                [words, command.note].compactMap(\.self).joined(separator: " "),
                externalRef: claim.row.parcel?.trackingNumber,
                dedupeKey: "\(transaction.now.timeIntervalSince1970)"))
        let subject = command.warrantyID.description
        try transaction.publish(
            RepairEnded(warrantyID: command.warrantyID, isRepaired: isRepaired), subject: subject)
        try await transaction.audit(
            AuditEntry(
                action: "warranty.repair", subject: subject, reason: command.note,
                after: try RawJSON(encoding: ["outcome": command.outcome.rawValue])))
        return Done()
    }
}

/// What a person has chosen comes first, then what was wished, then the plan's order. Where money has arrived, or still
/// may, nothing else is given beside it.
struct ChooseRemedyHandler: CommandHandler {
    func handle(_ command: ChooseRemedy, in transaction: HandlerTransaction) async throws -> ChooseRemedy.Reply {
        let goods = try await ClaimedReturn.lock(of: command.warrantyID, in: transaction)
        var claim = try await WarrantyCase.lock(command.warrantyID, in: transaction)
        let isPaid = try await StandingRefund.exists(of: goods?.row.id, in: transaction)
        let ordered = isPaid ? [.refund] : claim.row.ordered
        let why = command.reason.map { " \($0.message)" } ?? ""
        let key = "\(transaction.now.timeIntervalSince1970)"
        guard let remedy = ordered.first(where: { !command.tried.contains($0) }) else {
            let terms = try await WarrantyTerms.of(claim.row, in: transaction)
            let reason = Refusal(code: "no_remedy_left", message: "Nothing that is offered has helped.\(why)")
            try claim.review(reason, of: goods?.row, within: terms.reviewSeconds)
            try await claim.save(ReturnHappening("warranty.in_review", reason.message, dedupeKey: key))
            return ChooseRemedy.Reply(remedy: nil)
        }
        claim.row.remedy = remedy
        if remedy == .repair { try claim.move(.startRepair) }
        try await claim.save(
            ReturnHappening(
                "warranty.remedy_chosen", "What is to help: \(remedy.rawValue).\(why)", dedupeKey: key))
        return ChooseRemedy.Reply(remedy: remedy)
    }
}

extension WarrantyRow {
    fileprivate var ordered: [WarrantyRemedy] {
        let offered = coverage.remedies
        return offered.filter { $0 == chosen } + offered.filter { $0 != chosen }
    }
}
