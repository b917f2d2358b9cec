import Commerce

extension NetSuiteClient {
    /// Enters a shipment of a sales order as shipped. The order is read first, so that every line is listed.
    ///
    /// After `unknownOutcome` the same call may be made at once: NetSuite keeps the external id unique.
    public func fulfill(
        salesOrder id: String, _ shipment: NetSuiteShipmentDraft
    ) async throws(ProviderFailure) -> NetSuiteCreation {
        let order = try await salesOrder(id)
        let body = try NetSuiteItemFulfillmentRequest(shipment, of: order, location: settings.locationID)
        let path = Self.path("salesOrder", id) + "/!transform/itemFulfillment"
        return try await create(path, body, type: "itemFulfillment", externalID: shipment.externalID)
    }

    /// The internal id of an item fulfilment; nil when there is none.
    public func itemFulfillment(externalID: String) async throws(ProviderFailure) -> String? {
        try await find("itemFulfillment", externalID: externalID)
    }

    /// Turns a fulfilled sales order into a cash sale.
    ///
    /// After `unknownOutcome` the same call may be made at once: NetSuite keeps the external id unique.
    public func createCashSale(
        salesOrder id: String, externalID: String, tranDate: String?
    ) async throws(ProviderFailure) -> NetSuiteCreation {
        let body = CashSaleRequest(
            externalId: externalID, tranDate: tranDate,
            paymentOption: settings.paymentOptionID.map { NetSuiteReference(id: $0) })
        let path = Self.path("salesOrder", id) + "/!transform/cashSale"
        return try await create(path, body, type: "cashSale", externalID: externalID)
    }
}

private struct CashSaleRequest: Encodable {
    let externalId: String
    let tranDate: String?
    let undepFunds = NetSuiteReference(id: "true")
    let paymentOption: NetSuiteReference?

    private enum CodingKeys: CodingKey { case externalId, tranDate, undepFunds, paymentOption }
}
