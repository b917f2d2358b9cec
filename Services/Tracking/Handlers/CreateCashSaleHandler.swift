import Commerce
import Contracts
import Messaging
import Providers

/// Bills what one package brought, where the workspace's NetSuite settings ask for it.
struct CreateCashSaleHandler: EffectHandler {
    typealias Message = CreateCashSale

    let accounts: ProviderAccounts
    let effect = EffectKind("netsuite", "cashSale.create", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var externalID: String
        var salesOrderID: String
    }

    func plan(
        _ command: CreateCashSale, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, ExternalRecord> {
        let shipment = try await ShipmentStore(transaction).shipment(command.shipmentID)
        // WHY: a package that completes no kit is no item fulfilment, so there is nothing to bill either.
        guard shipment.itemFulfillmentID != nil else { return .reply(ExternalRecord(id: nil)) }
        return .effect(
            key: "cashSale.create:\(shipment.id)",
            Request(externalID: "cs-\(shipment.number)-\(shipment.ordinal)", salesOrderID: command.salesOrderID))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> ExternalRecord {
        let account = try await accounts.netSuite(call.workspaceID)
        guard account.settings.cashSale else { return ExternalRecord(id: nil) }
        let created = try await account.client.createCashSale(
            salesOrder: request.salesOrderID, externalID: request.externalID, tranDate: BusinessDay.text(call.now))
        return ExternalRecord(id: created.id)
    }

    func settle(
        _ outcome: ExternalRecord, of request: Request, for command: CreateCashSale,
        in transaction: HandlerTransaction
    ) async throws -> ExternalRecord {
        guard let id = outcome.id else { return outcome }
        try await ShipmentStore(transaction).setCashSale(id, of: command.shipmentID)
        try await transaction.publishRecorded(command.shipmentID, "netsuite", "cash_sale", id)
        return outcome
    }
}
