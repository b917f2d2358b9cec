import Commerce
import Contracts
import Foundation
import Messaging

struct ReviewWarrantyHandler: CommandHandler {
    func handle(_ command: ReviewWarranty, in transaction: HandlerTransaction) async throws -> Done {
        let goods = try await ClaimedReturn.lock(of: command.warrantyID, in: transaction)
        var claim = try await WarrantyCase.lock(command.warrantyID, in: transaction)
        // WHY: goods that have come in meanwhile were not lost; the saga hears of them next.
        guard command.reason.code != Refusal.parcelLost || claim.receivedAt == nil else { return Done() }
        let terms = try await WarrantyTerms.of(claim.row, in: transaction)
        try claim.review(command.reason, of: goods?.row, within: terms.reviewSeconds)
        try await claim.save(
            ReturnHappening(
                "warranty.in_review", command.reason.message,
                dedupeKey: "\(command.reason.code)-\(transaction.now.timeIntervalSince1970)"))
        return Done()
    }
}

/// Says by Slack that a claim has waited longer for a person than it should; one alert a claim.
struct EscalateWarrantyHandler: CommandHandler {
    func handle(_ command: EscalateWarranty, in transaction: HandlerTransaction) async throws -> Done {
        let claim = try await WarrantyCase.lock(command.warrantyID, in: transaction)
        guard [.inReview, .received].contains(claim.row.status) else { return Done() }
        let reason = claim.row.reason?.message ?? "Somebody has to look at the goods."
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "warranty_review/\(command.warrantyID)", title: "A warranty claim waits for a decision",
                    text: reason, fields: ["warranty": "\(command.warrantyID)", "sku": claim.row.sku],
                    next: ["stateset warranties show \(command.warrantyID)"])),
            subject: command.warrantyID.description)
        try await claim.note(
            ReturnHappening(
                "warranty.review_overdue", "A decision is overdue; an alert went out.",
                dedupeKey: "\(transaction.now.timeIntervalSince1970)"))
        return Done()
    }
}

/// A person's word on a claim in review: before its goods are here it goes on its way, after that to the bench, and once
/// they were looked at to what helps.
struct DecideWarrantyHandler: CommandHandler {
    func handle(_ command: DecideWarranty, in transaction: HandlerTransaction) async throws -> Done {
        var goods = try await ClaimedReturn.lock(of: command.warrantyID, in: transaction)
        var claim = try await WarrantyCase.lock(command.warrantyID, in: transaction)
        guard claim.row.status == .inReview else {
            throw Refusal(
                code: "not_allowed", message: "A claim that is \(claim.row.status.rawValue) is not in review.")
        }
        try claim.choose(command.remedy)
        let isApproved = command.verb == .approve
        if !isApproved {
            if let row = goods?.row { try await MadeGood(row, transaction).requireNothing() }
            try claim.sendBack(command.parcel)
        }
        let next = Next(claim, goods?.row)
        let isUndoubted = isApproved && goods?.row.approve(knowing: claim.row.reason) == true
        try claim.move(isApproved ? next.forClaim : .reject, by: .staff)
        if !isApproved {
            claim.row.reason = Refusal(code: "rejected", message: command.reason)
            try await CustomerMessageStore(transaction, of: claim.row.id).save(command.message)
        }
        let isMoved = isApproved && goods?.follow(next.forGoods, by: .staff) == true
        if isMoved || isUndoubted { try await goods?.save() }
        try await claim.save(
            ReturnHappening(
                isApproved ? "warranty.approved" : "warranty.rejected", command.reason,
                dedupeKey: "\(transaction.now.timeIntervalSince1970)"))
        let subject = command.warrantyID.description
        try transaction.publish(
            WarrantyReviewed(
                warrantyID: command.warrantyID, approved: isApproved, reason: command.reason,
                goodsAreHere: claim.receivedAt != nil),
            subject: subject)
        try await transaction.audit(
            AuditEntry(
                action: "warranty.\(command.verb.rawValue)", subject: subject, reason: command.reason,
                after: try RawJSON(encoding: ["status": claim.row.status.rawValue])))
        return Done()
    }
}

extension DecideWarrantyHandler {
    /// Where an approved claim goes on, and its return with it.
    private enum Next {
        case way, bench, remedy

        init(_ claim: WarrantyCase, _ goods: ReturnRow?) {
            let comesBack = goods?.units.contains { !$0.stays } == true
            self = claim.receivedAt == nil ? .way : claim.row.finding == nil && comesBack ? .bench : .remedy
        }

        var forClaim: WarrantyEvent {
            switch self {
            case .way: .approve
            case .bench: .receive
            case .remedy: .inspect
            }
        }

        var forGoods: ReturnEvent {
            switch self {
            case .way: .approve
            case .bench: .receive
            case .remedy: .inspect
            }
        }
    }
}

extension WarrantyCase {
    /// Failure: a ``Refusal`` for what the plan does not offer.
    mutating func choose(_ remedy: WarrantyRemedy?) throws(Refusal) {
        guard let remedy else { return }
        guard row.coverage.remedies.contains(remedy) else {
            let names = row.coverage.remedies.map(\.rawValue).joined(separator: ", ")
            throw Refusal(
                code: "remedy_not_offered", message: "'\(remedy.rawValue)' is not offered; there is: \(names).",
                field: "remedy")
        }
        row.chosen = remedy
    }

    /// Goods that are here and are not made good go back to their owner.
    ///
    /// Failure: a ``Refusal`` `no_parcel` where nobody says how.
    fileprivate mutating func sendBack(_ parcel: OutgoingParcel?) throws(Refusal) {
        row.parcel = try parcel?.checked() ?? row.parcel
        guard receivedAt != nil, row.parcel == nil else { return }
        throw Refusal(
            code: "no_parcel",
            message: "The goods are here: send them back, and give the 'tracking_number' of the parcel.",
            field: "tracking_number")
    }
}

extension OutgoingParcel {
    // LIMIT: longer than any carrier's numbers and names.
    private static let charactersMax = 100

    /// Failure: a ``Refusal`` where it is no number that a carrier would give.
    func checked() throws(Refusal) -> OutgoingParcel {
        let isNumber =
            (1...Self.charactersMax).contains(trackingNumber.count)
            && trackingNumber.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 31 && $0.value < 127 }
        guard isNumber, !trackingNumber.allSatisfy(\.isWhitespace) else {
            throw Refusal(
                code: "bad_tracking_number", message: "Give the number that the carrier follows the parcel by.",
                field: "tracking_number")
        }
        guard (carrier?.count ?? 0) <= Self.charactersMax else {
            throw Refusal(code: "bad_carrier", message: "The carrier's name is too long.", field: "carrier")
        }
        return self
    }
}
