import Commerce

extension NetSuiteClient {
    private static let type = "salesOrder"

    /// Creates a sales order once. An order that is there under the external id is left exactly as it is.
    ///
    /// After `unknownOutcome` the same call may be made at once: NetSuite keeps the external id unique.
    public func createSalesOrder(
        _ draft: NetSuiteSalesOrderDraft
    ) async throws(ProviderFailure) -> NetSuiteCreation {
        try await create("record/v1/\(Self.type)", draft, type: Self.type, externalID: draft.externalId)
    }

    /// With lines and address. Failure: `refused("NONEXISTENT_ID")` when there is none.
    public func salesOrder(_ id: String) async throws(ProviderFailure) -> NetSuiteSalesOrder {
        try await get(Self.path(Self.type, id) + "?expandSubResources=true", as: NetSuiteSalesOrder.self)
    }

    /// With lines and address; nil when there is none.
    public func salesOrder(externalID: String) async throws(ProviderFailure) -> NetSuiteSalesOrder? {
        let path = Self.path(Self.type, externalID: externalID) + "?expandSubResources=true"
        do {
            return try await get(path, as: NetSuiteSalesOrder.self)
        } catch {
            guard error.saysNotFound else { throw error }
            return nil
        }
    }

    /// Changes the given body fields and no others. Idempotent.
    public func patchSalesOrder(_ id: String, _ fields: [String: JSONValue]) async throws(ProviderFailure) {
        try await patch(Self.path(Self.type, id), fields)
    }

    /// Sets the flag by which orders for the warehouse are found. Idempotent.
    public func setSentToWarehouse(_ isSent: Bool, salesOrder id: String) async throws(ProviderFailure) {
        try await patchSalesOrder(id, ["custbody_sent_to_3pl": .bool(isSent)])
    }

    /// Cancels a sales order by closing every open line; one that is over already is left as it is.
    ///
    /// Failure: `refused` once anything is fulfilled.
    public func closeSalesOrder(_ id: String) async throws(ProviderFailure) {
        let order = try await salesOrder(id)
        let open = order.lines.filter { !$0.isClosed }
        guard !order.status.isOver, !open.isEmpty else { return }
        guard open.allSatisfy({ $0.quantityFulfilled == 0 }) else {
            throw .refused(code: "already_fulfilled", message: "A line of the sales order is already fulfilled.")
        }
        let lines = open.map { LineClosing(line: $0.number, isClosed: true) }
        try await patch(Self.path(Self.type, id), ["item": NetSuiteSublist(items: lines)])
    }
}

private struct LineClosing: Encodable {
    let line: Int
    let isClosed: Bool
}
