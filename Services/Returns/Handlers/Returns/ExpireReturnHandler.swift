import Commerce
import Contracts
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
    }

    struct Sight: Codable, Sendable {
        var receipts: [WarehouseReceipt] = []
        /// Nil where the carrier's broker does not know.
        var parcel: ShipmentStatus?
    }

    func plan(
        _ command: ExpireReturn, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, ExpireReturn.Reply> {
        let goods = try await ReturnCase.lock(command.returnID, in: transaction)
        guard goods.permits(.expire) else { return .reply(.init(expired: goods.row.status == .expired)) }
        let label = goods.row.label.flatMap { $0.isVoided ? nil : $0.id }
        return .read(Request(number: goods.row.externalIDs["dcl"].flatMap(DCLOrderNumber.init), labelID: label))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Sight {
        var sight = Sight()
        if let number = request.number { sight.receipts = try await receipts(of: number, call.workspaceID) }
        guard sight.receipts.isEmpty, let labelID = request.labelID else { return sight }
        sight.parcel = try await parcel(of: labelID, call.workspaceID)
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

    private func parcel(of labelID: String, _ workspace: WorkspaceID) async throws -> ShipmentStatus? {
        do {
            return try await accounts.shipStation(workspace).client.tracking(ofLabel: labelID).lastKnown
        } catch let failure as ProviderFailure {
            // WHY: the account may be another by now, which knows nothing of the label; the carrier's scans were told.
            switch failure {
            case .refused, .unauthorized: return nil
            default: throw failure
            }
        }
    }

    func settle(
        _ sight: Sight, of request: Request, for command: ExpireReturn, in transaction: HandlerTransaction
    ) async throws -> ExpireReturn.Reply {
        if let number = request.number, !sight.receipts.isEmpty {
            try await WarehouseGoods(sight.receipts, number: number.text, transaction).write(on: command.returnID)
            return ExpireReturn.Reply(expired: false)
        }
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        if goods.row.status == .expired { return ExpireReturn.Reply(expired: true) }
        if let status = sight.parcel, let label = goods.row.label, ParcelNews.moving.contains(status) {
            try await ParcelNews(trackingNumber: label.trackingNumber, status: status, transaction: transaction)
                .write(on: &goods)
            return ExpireReturn.Reply(expired: false)
        }
        guard goods.follow(.expire) else { return ExpireReturn.Reply(expired: false) }
        try await goods.save(
            ReturnHappening("return.expiring", "Nobody has seen the parcel in time.", dedupeKey: goods.row.key))
        return ExpireReturn.Reply(expired: true)
    }
}

extension ShipStationTracking {
    /// Where the parcel is. One that has trouble on its way, after the carrier took it, is still on its way.
    fileprivate var lastKnown: ShipmentStatus? {
        guard state?.status == .exception else { return state?.status }
        let wasTaken = events.contains { $0.state.map { ParcelNews.moving.contains($0.status) } ?? false }
        return wasTaken ? .inTransit : .exception
    }
}
