import Commerce

/// A return's records: the authorization from the sales order; receipt and credit from the authorization.
///
/// After `unknownOutcome` each create may be made again at once: NetSuite keeps the external id unique.
extension NetSuiteClient {
    private static let authorization = "returnAuthorization"

    /// Authorizes units of a sales order to come back, approved at once.
    ///
    /// Failure: `refused` where the order has fewer such units fulfilled.
    public func authorizeReturn(
        salesOrder id: String, _ draft: NetSuiteReturnDraft
    ) async throws(ProviderFailure) -> NetSuiteCreation {
        let body = try NetSuiteReturnRequest(draft)
        // WHY: without `replace` the lines that are left out come along in full.
        let path = Self.path("salesOrder", id) + "/!transform/\(Self.authorization)?replace=item"
        return try await create(path, body, type: Self.authorization, externalID: draft.externalID)
    }

    /// With lines. Failure: `refused("NONEXISTENT_ID")` when there is none.
    public func returnAuthorization(_ id: String) async throws(ProviderFailure) -> NetSuiteReturnAuthorization {
        try await get(
            Self.path(Self.authorization, id) + "?expandSubResources=true", as: NetSuiteReturnAuthorization.self)
    }

    /// With lines; nil when there is none.
    public func returnAuthorization(
        externalID: String
    ) async throws(ProviderFailure) -> NetSuiteReturnAuthorization? {
        let path = Self.path(Self.authorization, externalID: externalID) + "?expandSubResources=true"
        do {
            return try await get(path, as: NetSuiteReturnAuthorization.self)
        } catch {
            guard error.saysNotFound else { throw error }
            return nil
        }
    }

    /// Undoes an authorization by closing its lines; one that is over already is left as it is.
    ///
    /// Failure: `refused("already_received")` once anything came back.
    public func cancelReturnAuthorization(_ id: String) async throws(ProviderFailure) {
        let present = try await returnAuthorization(id)
        guard present.lines.allSatisfy({ $0.quantityReceived == 0 }) else {
            throw .refused(code: "already_received", message: "Units of the return are received already.")
        }
        try await close(present)
    }

    /// Closes what has not come back; what has stays received. Idempotent.
    public func closeReturnAuthorization(_ id: String) async throws(ProviderFailure) {
        try await close(returnAuthorization(id))
    }

    /// Enters what came back. The authorization is read first, so that every line is listed.
    public func receiveReturn(
        authorization id: String, _ receipt: NetSuiteReceiptDraft
    ) async throws(ProviderFailure) -> NetSuiteCreation {
        let present = try await returnAuthorization(id)
        let location = settings.returnLocationID ?? settings.locationID
        let body = try NetSuiteItemReceiptRequest(receipt, of: present, location: location)
        let path = Self.path(Self.authorization, id) + "/!transform/itemReceipt"
        return try await create(path, body, type: "itemReceipt", externalID: receipt.externalID)
    }

    /// Credits what was received.
    public func creditReturn(
        authorization id: String, _ credit: NetSuiteCreditDraft
    ) async throws(ProviderFailure) -> NetSuiteCreation {
        try await self.credit(authorization: id, as: "creditMemo", credit)
    }

    /// Enters the refund of what was received where the order was a cash sale.
    public func refundReturn(
        authorization id: String, _ credit: NetSuiteCreditDraft
    ) async throws(ProviderFailure) -> NetSuiteCreation {
        try await self.credit(authorization: id, as: "cashRefund", credit)
    }

    /// The internal id of an item receipt; nil when there is none.
    public func itemReceipt(externalID: String) async throws(ProviderFailure) -> String? {
        try await find("itemReceipt", externalID: externalID)
    }

    /// In what words the account says that it has no item receipts; nil where it has them. Changes nothing.
    ///
    /// WHY: what an account without Advanced Receiving answers to a receipt is written nowhere; that it does not even list
    /// any tells it from a receipt that is wrong.
    public func refusalOfItemReceipts() async throws(ProviderFailure) -> String? {
        do {
            _ = try await get("record/v1/itemReceipt?limit=1", as: NetSuiteListing.self)
            return nil
        } catch {
            guard case .refused(_, let message) = error else { throw error }
            return message
        }
    }

    /// The internal id of a credit memo; nil when there is none.
    public func creditMemo(externalID: String) async throws(ProviderFailure) -> String? {
        try await find("creditMemo", externalID: externalID)
    }

    /// The internal id of a cash refund; nil when there is none.
    public func cashRefund(externalID: String) async throws(ProviderFailure) -> String? {
        try await find("cashRefund", externalID: externalID)
    }

    private func credit(
        authorization id: String, as type: String, _ credit: NetSuiteCreditDraft
    ) async throws(ProviderFailure) -> NetSuiteCreation {
        let replace = credit.lines.isEmpty ? "" : "?replace=item"
        let path = Self.path(Self.authorization, id) + "/!transform/\(type)\(replace)"
        return try await create(
            path, NetSuiteCreditRequest(credit), type: type, externalID: credit.externalID)
    }

    private func close(_ authorization: NetSuiteReturnAuthorization) async throws(ProviderFailure) {
        let open = authorization.lines.filter { !$0.isClosed && $0.openQuantity > 0 }
        guard !authorization.status.isOver, !open.isEmpty else { return }
        let lines = open.map { LineClosing(line: $0.number, isClosed: true) }
        try await patch(
            Self.path(Self.authorization, authorization.id), ["item": NetSuiteSublist(items: lines)])
    }
}

/// A page of records, of which nothing is read.
private struct NetSuiteListing: Decodable {}

private struct LineClosing: Encodable {
    let line: Int
    let isClosed: Bool
}
