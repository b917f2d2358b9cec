import Commerce

extension NetSuiteClient {
    /// The next sales orders that wait to be sent to the warehouse, by ascending internal id.
    ///
    /// - Parameter id: the highest internal id seen so far; 0 begins.
    public func ordersToDispatch(
        after id: Int, limit: Int = pageSize
    ) async throws(ProviderFailure) -> [NetSuiteDispatchCandidate] {
        let page = try await suiteQL(
            """
            SELECT t.id, t.tranid, t.externalid, t.status, t.custbody_sent_to_3pl FROM transaction t \
            WHERE t.type = 'SalesOrd' AND t.status = 'SalesOrd:B' \
            AND (t.custbody_sent_to_3pl = 'F' OR t.custbody_sent_to_3pl IS NULL) \
            AND t.id > \(id) ORDER BY t.id ASC
            """, limit: limit)
        return page.items.compactMap(NetSuiteDispatchCandidate.init)
    }
}

/// A sales order that is pending fulfilment and not flagged as sent.
public struct NetSuiteDispatchCandidate: Sendable, Equatable {
    public let id: Int
    /// The number people know it by.
    public let tranID: String
    public let externalID: String?
    public let status: NetSuiteOrderStatus

    init?(_ row: SuiteQLRow) {
        guard let id = row["id"].flatMap({ Int($0) }), let tranID = row["tranid"] else { return nil }
        self.id = id
        self.tranID = tranID
        externalID = row["externalid"]
        status = NetSuiteOrderStatus(row["status"] ?? "")
    }
}
