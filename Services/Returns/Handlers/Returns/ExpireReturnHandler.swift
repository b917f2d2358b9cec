import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// Ends a return whose parcel nobody has seen, once the warehouse and the carrier have been asked for it.
///
/// *Guarantees*: goods that are there and a parcel that is on its way do not expire, although every hint about them was
/// lost.
/// *Failure*: an answer of the warehouse that cannot be had is waited for: nothing expires unseen.
struct ExpireReturnHandler: EffectHandler {
    typealias Message = ExpireReturn

    let accounts: ProviderAccounts
    let effect = EffectKind("dcl", "return.look", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        /// The warehouse's number of the return; nil where it was not announced.
        var number: DCLOrderNumber?
        /// At the carrier's broker; nil where there is no label to look for.
        var labelID: String?
        /// Those whose place it has taken: the customer may have used one of them.
        var replaced: [ReplacedLabel] = []
    }

    struct Sight: Codable, Sendable {
        var receipts: [WarehouseReceipt] = []
        /// Nil where the carrier's broker does not know.
        var parcel: ShipmentStatus?
        /// Of the parcel that is on its way; nil where it is that of the label.
        var trackingNumber: String?
    }

    func plan(
        _ command: ExpireReturn, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, ExpireReturn.Reply> {
        let goods = try await ReturnCase.lock(command.returnID, in: transaction)
        guard goods.permits(.expire) else { return .reply(.init(expired: goods.row.status == .expired)) }
        if let label = try await newLabel(goods.row, command, transaction) {
            return .reply(.init(expired: false, newLabel: label))
        }
        let label = goods.row.label.flatMap { $0.isVoided ? nil : $0.id }
        return .read(
            Request(
                number: goods.row.externalIDs["dcl"].flatMap(DCLOrderNumber.init), labelID: label,
                replaced: try await ReplacedLabelStore(transaction).all(of: goods.row.id)))
    }

    /// The label that took another's place, where its time was not waited for yet.
    private func newLabel(
        _ row: ReturnRow, _ command: ExpireReturn, _ transaction: HandlerTransaction
    ) async throws -> ExpireReturn.NewLabel? {
        guard let label = row.label, label.replaces != nil, !label.isVoided, label.id != command.labelID,
            let sentAt = try await ReturnTimeline(row.id, transaction).last("return.label_sent")
        else { return nil }
        let age = transaction.now.timeIntervalSince(sentAt)
        return ExpireReturn.NewLabel(id: label.id, ageSeconds: max(0, Int(age)))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Sight {
        var sight = Sight()
        if let number = request.number { sight.receipts = try await receipts(of: number, call.workspaceID) }
        guard sight.receipts.isEmpty else { return sight }
        if let labelID = request.labelID {
            sight.parcel = try await accounts.parcel(ofLabel: labelID, in: call.workspaceID)
        }
        for label in request.replaced where !sight.isOnItsWay {
            let parcel = try await accounts.parcel(ofLabel: label.labelID, in: call.workspaceID)
            guard let parcel, ParcelNews.moving.contains(parcel) else { continue }
            (sight.parcel, sight.trackingNumber) = (parcel, label.trackingNumber)
        }
        return sight
    }

    private func receipts(of number: DCLOrderNumber, _ workspace: WorkspaceID) async throws -> [WarehouseReceipt] {
        do {
            return try await accounts.dcl(workspace)?.returnAuthorization(number)?.warehouseReceipts ?? []
        } catch let failure as ProviderFailure {
            guard case .refused(let code, let message) = failure else { throw failure }
            // WHY: a refused question is no answer, and what expires is not paid for.
            throw ProviderFailure.transient(code: code, message: message, retryAfter: nil)
        }
    }

    func settle(
        _ sight: Sight, of request: Request, for command: ExpireReturn, in transaction: HandlerTransaction
    ) async throws -> ExpireReturn.Reply {
        if let number = request.number, !sight.receipts.isEmpty {
            try await WarehouseGoods(transaction).take(sight.receipts, of: number.text, on: command.returnID)
            return ExpireReturn.Reply(expired: false)
        }
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        if goods.row.status == .expired { return ExpireReturn.Reply(expired: true) }
        if let status = sight.parcel, sight.isOnItsWay,
            let number = sight.trackingNumber ?? goods.row.label?.trackingNumber
        {
            try await ParcelNews(trackingNumber: number, status: status, transaction: transaction).write(on: &goods)
            return ExpireReturn.Reply(expired: false)
        }
        // A label may have been asked for while warehouse and carrier were.
        if let label = try await newLabel(goods.row, command, transaction) {
            return ExpireReturn.Reply(expired: false, newLabel: label)
        }
        guard goods.follow(.expire) else { return ExpireReturn.Reply(expired: false) }
        try await goods.save(
            ReturnHappening("return.expiring", "Nobody has seen the parcel in time.", dedupeKey: goods.row.key))
        return ExpireReturn.Reply(expired: true)
    }
}

extension ExpireReturnHandler.Sight {
    fileprivate var isOnItsWay: Bool { parcel.map { ParcelNews.moving.contains($0) } ?? false }
}
