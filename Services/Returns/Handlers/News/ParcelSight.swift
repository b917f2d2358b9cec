import Commerce
import Contracts
import Messaging
import Providers

extension ProviderAccounts {
    /// Where the carrier has the parcel of a label; nil where the carriers' broker does not know.
    ///
    /// *Failure*: a ``ProviderFailure`` where the answer cannot be had now.
    func parcel(ofLabel id: String, in workspace: WorkspaceID) async throws -> ShipmentStatus? {
        do {
            return try await shipStation(workspace).client.tracking(ofLabel: id).lastKnown
        } catch let failure as ProviderFailure {
            // WHY: the account may be another by now, which knows nothing of the label; the carrier's scans were told.
            switch failure {
            case .refused, .unauthorized: return nil
            default: throw failure
            }
        }
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
