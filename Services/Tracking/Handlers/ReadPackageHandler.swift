import Commerce
import Contracts
import Foundation
import Messaging
import Providers

/// Reads where a package is at the carriers' broker, and takes it as a scan.
struct ReadPackageHandler: EffectHandler {
    typealias Message = ReadPackage

    let accounts: ProviderAccounts
    let effect = EffectKind("shipstation", "package.read", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        /// In the warehouse's words.
        var carrier: String?
        var trackingNumber: String
    }

    struct Sight: Codable, Sendable {
        /// Nil where nobody can be asked.
        var status: ShipmentStatus?
        var at: Date?
    }

    func plan(
        _ command: ReadPackage, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        let found = try await ShipmentStore(transaction).shipments(trackingNumber: command.trackingNumber, of: nil)
        guard let shipment = found.first else { return .reply(Done()) }
        return .read(Request(carrier: shipment.carrier, trackingNumber: command.trackingNumber))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Sight {
        // WHY: by the warehouse's carrier, and not the scan's, which could name one that knows nothing of the number.
        guard let client = try await accounts.shipStation(call.workspaceID),
            let carrier = request.carrier.flatMap(Carrier.init(name:)), let code = ShipStationCarrierCode.of(carrier)
        else { return Sight() }
        do {
            let tracking = try await client.tracking(carrierCode: code, number: request.trackingNumber)
            return Sight(status: tracking.state?.status ?? .unknown, at: tracking.lastScannedAt)
        } catch {
            guard case .refused = error else { throw error }
            return Sight()
        }
    }

    func settle(
        _ sight: Sight, of request: Request, for command: ReadPackage, in transaction: HandlerTransaction
    ) async throws -> Done {
        let scan = Scan(
            number: Scan.anyNumber, trackingNumber: command.trackingNumber, status: sight.status ?? .delivered,
            at: sight.status == nil ? command.deliveredAt : sight.at)
        _ = try await ScanUpdate(transaction).apply(scan)
        return Done()
    }
}
