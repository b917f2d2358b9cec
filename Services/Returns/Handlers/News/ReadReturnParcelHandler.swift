import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Reads where the parcel of a return is, and takes it as news: it is on its way, and does not expire any more, or has
/// arrived at the warehouse.
struct ReadReturnParcelHandler: EffectHandler {
    typealias Message = ReadReturnParcel

    let accounts: ProviderAccounts
    let effect = EffectKind("shipstation", "parcel.read", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var labelID: String
    }

    struct Sight: Codable, Sendable {
        /// Nil where the carriers' broker does not know.
        var parcel: ShipmentStatus?
    }

    func plan(
        _ command: ReadReturnParcel, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        let labels = try await ReplacedLabelStore(transaction).all(of: row.id)
        let replaced = labels.first { $0.trackingNumber == command.trackingNumber }?.labelID
        let current = row.label.flatMap { $0.trackingNumber == command.trackingNumber ? $0.id : nil }
        guard let labelID = current ?? replaced else { return .reply(Done()) }
        return .read(Request(labelID: labelID))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Sight {
        Sight(parcel: try await accounts.parcel(ofLabel: request.labelID, in: call.workspaceID))
    }

    func settle(
        _ sight: Sight, of request: Request, for command: ReadReturnParcel, in transaction: HandlerTransaction
    ) async throws -> Done {
        // WHY: with another account by now nobody can be asked, and a parcel that was scanned must not expire.
        let news = ParcelNews(
            trackingNumber: command.trackingNumber, status: sight.parcel ?? command.told, transaction: transaction)
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try await news.write(on: &goods)
        return Done()
    }
}
