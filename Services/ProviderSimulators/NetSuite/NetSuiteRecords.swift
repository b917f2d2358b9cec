import Foundation

/// The record API: create, read, change, delete.
extension NetSuiteSimulator {
    mutating func createRecord(_ call: Call) throws -> SimulatedResponse {
        switch call["type"] {
        case "customer": return try createCustomer(call)
        case "salesOrder": return try createSalesOrder(call, externalID: nil)
        case "purchaseOrder": return try createPurchaseOrder(call)
        case let name where NetSuiteRecordType(rawValue: name) != nil:
            throw Refusal.user("The record type \(name) must be created by transforming its source record.")
        case let name: throw Self.unknownType(name)
        }
    }

    mutating func readRecord(_ call: Call) throws -> SimulatedResponse {
        let fields = call.request.query("fields")?.split(separator: ",").map(String.init)
        if call["type"] == "customer" {
            return .json(.object((try customerRecord(call["id"]).json().object ?? JSONObject()).selecting(fields)))
        }
        if call["type"] == "inventoryItem" || call["type"] == "kitItem" {
            guard let found = item(Int(call["id"])) else { throw Refusal.nonexistent(call["id"]) }
            return .json(found.json())
        }
        let record = try transaction(call)
        let expanded = call.request.query("expandSubResources") == "true"
        let json = json(record, expanded: expanded, links: recordURL(call.request, record.type, record.id))
        return .json(.object((json.object ?? JSONObject()).selecting(fields)))
    }

    mutating func patchRecord(_ call: Call) throws -> SimulatedResponse {
        if call["type"] == "customer" { return try patchCustomer(call) }
        try patch(try transaction(call), call)
        return SimulatedResponse(status: 204)
    }

    /// `PUT eid:` creates what is not there and otherwise writes over it.
    mutating func upsertRecord(_ call: Call) throws -> SimulatedResponse {
        guard call["id"].hasPrefix("eid:"), call["type"] == "salesOrder" else {
            throw Refusal.netsuite(405, "METHOD_NOT_ALLOWED", "PUT needs an external id (eid:).")
        }
        let external = String(call["id"].dropFirst("eid:".count))
        guard let existing = externalIDs[.salesOrder]?[external].flatMap({ transactions[$0] }) else {
            return try createSalesOrder(call, externalID: external)
        }
        try patch(existing, call)
        return created(.salesOrder, existing.id, call.request)
    }

    mutating func deleteRecord(_ call: Call) throws -> SimulatedResponse {
        let record = try transaction(call)
        guard documentIDs[record.id, default: []].isEmpty else {
            throw Refusal.user("This record cannot be deleted because it has dependent records.")
        }
        transactions[record.id] = nil
        transactionIDs.removeAll { $0 == record.id }
        if let source = record.createdFrom { documentIDs[source]?.removeAll { $0 == record.id } }
        if let external = record.externalID { externalIDs[record.type]?[external] = nil }
        recount(record.createdFrom)
        return SimulatedResponse(status: 204)
    }

    /// 204 with the new record's address, which is the only place its id stands in.
    func created(_ type: NetSuiteRecordType, _ id: Int, _ request: SimulatedRequest) -> SimulatedResponse {
        SimulatedResponse(status: 204).adding("Location", recordURL(request, type, id))
    }

    func recordURL(_ request: SimulatedRequest, _ type: NetSuiteRecordType, _ id: Int) -> String {
        "\(request.origin)\(request.prefix)/record/v1/\(type.rawValue)/\(id)"
    }

    static func strict(_ request: SimulatedRequest) -> Bool {
        request.header("x-netsuite-propertynamevalidation")?.lowercased() == "error"
    }

    /// The record a path names, by internal id or by `eid:`.
    func transaction(_ call: Call) throws -> NetSuiteTransaction {
        guard let type = NetSuiteRecordType(rawValue: call["type"]) else { throw Self.unknownType(call["type"]) }
        let name = call["id"]
        let id = name.hasPrefix("eid:") ? externalIDs[type]?[String(name.dropFirst(4))] : Int(name)
        guard let record = id.flatMap({ transactions[$0] }), record.type == type else {
            throw Refusal.nonexistent(name)
        }
        return record
    }

    mutating func store(_ record: NetSuiteTransaction) {
        if transactions[record.id] == nil {
            transactionIDs.append(record.id)
            if let source = record.createdFrom { documentIDs[source, default: []].append(record.id) }
        }
        transactions[record.id] = record
        if let external = record.externalID { externalIDs[record.type, default: [:]][external] = record.id }
    }

    static func unknownType(_ name: String) -> Refusal {
        .netsuite(404, "NOT_FOUND", "Record type '\(name)' does not exist.")
    }
}
