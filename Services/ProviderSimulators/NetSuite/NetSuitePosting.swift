import Foundation

/// Entering transactions and keeping their sources in step.
extension NetSuiteSimulator {
    /// Enters a transaction whose parts have been checked; answers its id.
    mutating func addTransaction(
        _ type: NetSuiteRecordType, external: String?, status: String, fields: JSONObject,
        lines: [NetSuiteTransaction.Line], entity: Int?, from source: Int?, now: Date
    ) -> Int {
        var body = fields
        for name in [
            "item", "externalId", "orderStatus", "shipStatus", "id", "links", "status", "tranId", "createdFrom",
        ] {
            body[name] = nil
        }
        if let entity { body["entity"] = ["id": .string(String(entity))] }
        if body["tranDate"] == nil { body["tranDate"] = .string(Timestamps.day(now, in: Self.zone)) }
        let numbered = lines.map { line in
            var line = line
            line.uniqueKey = lineKey.take()
            return line
        }
        let record = NetSuiteTransaction(
            id: internalID.take(), type: type, tranID: type.numberPrefix + String(numbers[type]?.take() ?? 0),
            externalID: external, status: status, fields: body, lines: numbered, createdFrom: source, createdAt: now,
            modifiedAt: now)
        store(record)
        recount(source)
        return record.id
    }

    /// Works out anew what of a source transaction was fulfilled, received and billed.
    mutating func recount(_ sourceID: Int?) {
        guard let sourceID, var source = transactions[sourceID] else { return }
        let receivesWithCredit = source.type == .returnAuthorization && !hasAdvancedReceiving
        func isReceipt(_ document: NetSuiteTransaction) -> Bool {
            document.type == .itemReceipt
                || (receivesWithCredit && [.creditMemo, .cashRefund].contains(document.type))
        }
        let documents = documentIDs[sourceID, default: []].compactMap { transactions[$0] }
        for index in source.lines.indices {
            let number = source.lines[index].number
            func units(_ fits: (NetSuiteTransaction) -> Bool) -> Decimal {
                documents.filter(fits).flatMap(\.lines).filter { $0.orderLine == number }.reduce(0) { $0 + $1.quantity }
            }
            source.lines[index].taken = units { $0.type == .itemFulfillment || isReceipt($0) }
            source.lines[index].fulfilled = units {
                isReceipt($0) || ($0.type == .itemFulfillment && $0.status == "C")
            }
            source.lines[index].billed = units { [.cashSale, .creditMemo, .cashRefund].contains($0.type) }
        }
        source.settle()
        transactions[sourceID] = source
    }
}
