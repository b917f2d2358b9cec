import Commerce
import Contracts
import Foundation
import Messaging
import Providers

/// Writes one package into NetSuite as an item fulfilment. A key that is taken there means that it is written already.
struct CreateItemFulfillmentHandler: EffectHandler {
    typealias Message = CreateItemFulfillment

    let accounts: ProviderAccounts
    let effect = EffectKind("netsuite", "itemFulfillment.create", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var externalID: String
        var salesOrderID: String
        var content: PackageContent
        var trackingNumber: String?
        var packageKey: String
    }

    func plan(
        _ command: CreateItemFulfillment, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, ExternalRecord> {
        let shipments = ShipmentStore(transaction)
        let shipment = try await shipments.shipment(command.shipmentID)
        let all = try await shipments.shipments(of: [shipment.number])
        return .effect(
            key: "itemFulfillment.create:\(shipment.id)",
            Request(
                externalID: "dcl-\(shipment.number)-\(shipment.ordinal)", salesOrderID: command.salesOrderID,
                content: PackageContent(of: shipment, among: all), trackingNumber: shipment.trackingNumber,
                packageKey: shipment.packageKey))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> ExternalRecord {
        let client = try await accounts.netSuite(call.workspaceID).client
        do {
            let order = try await client.salesOrder(request.salesOrderID)
            let shipped = try await client.orderUnits(of: order).resolve(request.content)
            guard !shipped.isEmpty else { return ExternalRecord(id: nil) }
            let draft = NetSuiteShipmentDraft(
                externalID: request.externalID, tranDate: BusinessDay.text(call.now),
                memo: "Package \(request.packageKey)", quantities: try order.allocate(shipped),
                packages: request.trackingNumber.map { [.init(trackingNumber: $0)] } ?? [])
            return ExternalRecord(id: try await client.fulfill(salesOrder: request.salesOrderID, draft).id)
        } catch let failure as ProviderFailure where failure.isRefusal {
            // WHY: an earlier sending that arrived has taken the units, so that this one finds none left.
            guard let id = try await client.itemFulfillment(externalID: request.externalID) else { throw failure }
            return ExternalRecord(id: id)
        }
    }

    func settle(
        _ outcome: ExternalRecord, of request: Request, for command: CreateItemFulfillment,
        in transaction: HandlerTransaction
    ) async throws -> ExternalRecord {
        guard let id = outcome.id else { return outcome }
        let shipments = ShipmentStore(transaction)
        try await shipments.setItemFulfillment(id, of: command.shipmentID)
        try await transaction.publishRecorded(command.shipmentID, "netsuite", "item_fulfillment", id)
        return outcome
    }
}

extension NetSuiteSalesOrder {
    /// Units by the number of the line.
    fileprivate func allocate(_ shipped: [SKUQuantity]) throws(ProviderFailure) -> [Int: Int] {
        let open = lines.map { OpenLine(id: $0.number, sku: $0.sku ?? "", open: $0.openQuantity) }
        return try LineAllocation.allocate(shipped, to: open)
    }
}

extension ProviderFailure {
    fileprivate var isRefusal: Bool {
        if case .refused = self { true } else { false }
    }
}
