import Commerce
import Contracts
import Logging
import Messaging
import Providers

/// Has ShipStation tell of a package's scans, which it does of parcels of others only once it is asked to.
///
/// *Guarantees*: an order goes on without: nothing happens where no ShipStation is configured, and a carrier that it does
/// not know is passed over.
struct StartTrackingHandler: EffectHandler {
    typealias Message = StartTracking

    let accounts: ProviderAccounts
    let logger: Logger
    // WHY: a parcel that is followed already is followed once.
    let effect = EffectKind("shipstation", "tracking.start", recovery: .sendAgain)
    let priority = CallPriority.bulk

    struct Request: Codable, Sendable {
        var shipmentID: ShipmentID
        /// In the warehouse's words.
        var carrier: String?
        var trackingNumber: String
    }

    func plan(
        _ command: StartTracking, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        let shipment = try await ShipmentStore(transaction).shipment(command.shipmentID)
        // WHY: nothing that may change meanwhile decides whether it is called, or a call under way would never end.
        guard let number = shipment.trackingNumber else { return .reply(Done()) }
        return .effect(
            key: "tracking.start:\(shipment.id):\(number)",
            Request(shipmentID: shipment.id, carrier: shipment.carrier, trackingNumber: number))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Done {
        guard let client = try await accounts.shipStation(call.workspaceID) else { return Done() }
        guard let carrier = request.carrier.flatMap(Carrier.init(name:)), let code = ShipStationCarrierCode.of(carrier)
        else {
            pass(over: request, "unknown_carrier")
            return Done()
        }
        do {
            try await client.startTracking(carrierCode: code, number: request.trackingNumber)
        } catch {
            guard case .refused(let code, _) = error else { throw error }
            pass(over: request, code)
        }
        return Done()
    }

    /// The warehouse may still tell of the delivery.
    private func pass(over request: Request, _ code: String) {
        logger.warning(
            "a package is not followed at its carrier",
            metadata: [
                "shipment_id": "\(request.shipmentID)", "carrier": "\(request.carrier ?? "")", "error_code": "\(code)",
            ])
    }

    func settle(
        _ outcome: Done, of request: Request, for command: StartTracking, in transaction: HandlerTransaction
    ) async throws -> Done { outcome }
}
