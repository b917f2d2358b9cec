import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// Buys another label in the place of the one that the customer has, once the carrier was asked for its parcel.
///
/// *Guarantees*: a label is replaced once, by one whose key at the carrier's broker is fixed before it is bought. The
/// commit that makes it the return's owes what voids the one before and tells the customer. One that comes too late,
/// because the parcel is on its way or the return has moved on, is voided itself and given to nobody.
struct ReissueReturnLabelHandler: EffectHandler {
    typealias Message = ReissueReturnLabel

    let accounts: ProviderAccounts
    // LIMIT: longer than anybody waits before asking again, who would be given a third label for the second.
    var pause: TimeInterval = 10 * 60
    // WHY: as with the first label: look first, and let a slow request land, for which the client waits a minute.
    let effect = EffectKind("shipstation", "label.reissue", recovery: .probe(settleTime: .seconds(60)))

    struct Request: Codable, Sendable {
        var parcel: ReturnParcel
        var replaced: ReplacedLabel
    }

    enum Outcome: Codable, Sendable {
        case bought(BoughtLabel)
        /// The carrier has the parcel of the label that was to be replaced, which needs no other; one that an earlier
        /// call had bought by then is given back.
        case seen(ShipmentStatus, bought: BoughtLabel?)
    }

    func plan(
        _ command: ReissueReturnLabel, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, ReissueReturnLabel.Reply> {
        let goods = try await ReturnCase.lock(command.returnID, in: transaction)
        let store = ReplacedLabelStore(transaction)
        let known = try await store.all(of: goods.row.id)
        // WHY: what was begun is finished, whatever has become of the return: a label may be bought already.
        let begun = known.first { $0.labelID == command.labelID }
        let replaced = try begun ?? goods.replacing(command.labelID, byNumber: known.count + 2)
        var parcel = try ReturnParcel(goods.row, of: try await OrderView(transaction).document(of: goods.row.orderID))
        parcel.key = replaced.successorKey
        if begun == nil {
            try await requirePause(goods.row, transaction)
            try await transaction.audit(
                AuditEntry(
                    action: "return.reissue_label", subject: goods.row.id.description, reason: command.reason,
                    before: try RawJSON(encoding: ["label": command.labelID])))
            try await store.insert(replaced, of: goods.row.id)
            ReturnTimeline(goods.row.id, transaction).append(
                ReturnHappening(
                    "return.label_reissue", "Another label is asked for: \(command.reason)",
                    externalRef: "shipstation:\(command.labelID)", dedupeKey: command.labelID))
        }
        return .effect(key: "label.reissue:\(parcel.key)", Request(parcel: parcel, replaced: replaced))
    }

    private func requirePause(_ row: ReturnRow, _ transaction: HandlerTransaction) async throws {
        guard row.label?.replaces != nil,
            let sent = try await ReturnTimeline(row.id, transaction).last("return.label_sent"),
            transaction.now.timeIntervalSince(sent) < pause
        else { return }
        throw Refusal(
            code: "not_allowed",
            message: "The customer was sent another label less than \(Int(pause / 60)) minutes ago.")
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        let purchase = LabelPurchase(accounts: accounts)
        // WHY: a hint that was lost must not cost a label.
        let seen = try await accounts.parcel(ofLabel: request.replaced.labelID, in: call.workspaceID)
        guard let seen, ParcelNews.moving.contains(seen) else {
            return .bought(try await purchase.buy(request.parcel, for: call))
        }
        // An earlier call may have bought it and failed over its document.
        return .seen(seen, bought: try await purchase.find(request.parcel, for: call))
    }

    func probe(_ request: Request, for call: EffectCall) async throws -> Outcome? {
        try await LabelPurchase(accounts: accounts).find(request.parcel, for: call).map { .bought($0) }
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: ReissueReturnLabel, in transaction: HandlerTransaction
    ) async throws -> ReissueReturnLabel.Reply {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        switch outcome {
        case .seen(let status, let label):
            let news = ParcelNews(
                trackingNumber: request.replaced.trackingNumber, status: status, transaction: transaction)
            try await news.write(on: &goods)
            if let label { try giveBack(label, goods.row, in: transaction) }
            return .init(labelID: nil, trackingNumber: nil)
        case .bought(let label):
            guard goods.takesLabel(inPlaceOf: command.labelID) else {
                try giveBack(label, goods.row, in: transaction)
                return .init(labelID: nil, trackingNumber: nil)
            }
            try await label.give(to: &goods, for: request.parcel, inPlaceOf: command.labelID, in: transaction)
            ReturnTimeline(goods.row.id, transaction).append(label.happening)
            try await goods.save(
                ReturnHappening(
                    "return.label_sent", "The label was sent in place of \(request.replaced.trackingNumber).",
                    externalRef: label.trackingNumber, dedupeKey: label.id))
            try await tell(goods.row, label, of: command.labelID, in: transaction)
            return .init(labelID: label.id, trackingNumber: label.trackingNumber)
        }
    }

    private func giveBack(_ label: BoughtLabel, _ row: ReturnRow, in transaction: HandlerTransaction) throws {
        ReturnTimeline(row.id, transaction).append(
            ReturnHappening(
                "return.label_too_late", "A label came too late and is given back: \(label.trackingNumber).",
                externalRef: "shipstation:\(label.id)", dedupeKey: label.id))
        try transaction.send(
            VoidReturnLabel(returnID: row.id, labelID: label.id, exactly: true), subject: row.id.description)
    }

    /// As of the first label, by mail and on the ticket.
    private func tell(
        _ row: ReturnRow, _ label: BoughtLabel, of replaced: String, in transaction: HandlerTransaction
    ) async throws {
        let subject = row.id.description
        try transaction.send(VoidReturnLabel(returnID: row.id, labelID: replaced, exactly: true), subject: subject)
        try transaction.send(PostReturnMessage(returnID: row.id, message: .label), subject: subject)
        if let claim = row.warrantyID {
            let row = try await WarrantyCase.lock(claim, in: transaction).row
            try await WarrantyNotice(.warrantyApproved, of: row, version: label.id).send(in: transaction)
        } else {
            try await ReturnNotice(.returnLabel, of: row, version: label.id).send(in: transaction)
        }
    }
}

extension ReturnCase {
    /// The label that the customer has, where another may take its place.
    ///
    /// Failure: a ``Refusal`` `not_allowed`.
    /// - Parameter number: tells the labels of a return apart, from 2.
    fileprivate func replacing(_ id: String, byNumber number: Int) throws(Refusal) -> ReplacedLabel {
        func refusal(_ message: String) -> Refusal { Refusal(code: "not_allowed", message: message) }
        guard permits(.reissueLabel, by: .staff) else {
            throw refusal("A return that is \(row.status.rawValue) gets no other label.")
        }
        guard let label = row.label else { throw refusal("The return has no label of ours.") }
        guard label.id == id else { throw refusal("The customer has another label by now.") }
        guard !label.isVoided else { throw refusal("The label is void: the return is being undone.") }
        return ReplacedLabel(
            labelID: id, trackingNumber: label.trackingNumber, successorKey: "\(row.key)-label-\(number)")
    }

    /// Whether the return is still where it was when the label was asked for.
    fileprivate func takesLabel(inPlaceOf id: String) -> Bool {
        permits(.reissueLabel, by: .staff) && row.label?.id == id && row.label?.isVoided == false
    }
}
