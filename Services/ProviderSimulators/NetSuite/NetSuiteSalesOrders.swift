import Foundation

/// Sales and purchase orders: how they come to be and how they change.
extension NetSuiteSimulator {
    mutating func createSalesOrder(_ call: Call, externalID: String?) throws -> SimulatedResponse {
        let body = try body(call, .salesOrder)
        let external = externalID ?? body["externalId"]?.scalarText
        if let external, externalIDs[.salesOrder]?[external] != nil { throw Refusal.alreadyExists }
        let customer = try entity(body["entity"] ?? .null, path: "entity")
        let status = try Self.orderStatus(body["orderStatus"])
        let lines = try lines(body["item"], .salesOrder, call.request)
        let id = addTransaction(
            .salesOrder, external: external, status: status, fields: body, lines: lines, entity: customer,
            from: nil, now: call.request.now)
        return created(.salesOrder, id, call.request)
    }

    mutating func createPurchaseOrder(_ call: Call) throws -> SimulatedResponse {
        let body = try body(call, .purchaseOrder)
        let external = body["externalId"]?.scalarText
        if let external, externalIDs[.purchaseOrder]?[external] != nil { throw Refusal.alreadyExists }
        let vendor = try entity(body["entity"] ?? .null, path: "entity")
        let lines = try lines(body["item"], .purchaseOrder, call.request)
        let id = addTransaction(
            .purchaseOrder, external: external, status: "B", fields: body, lines: lines, entity: vendor,
            from: nil, now: call.request.now)
        return created(.purchaseOrder, id, call.request)
    }

    /// Changes body fields; of lines it closes, changes or appends. Nothing is changed when any part is refused.
    mutating func patch(_ record: NetSuiteTransaction, _ call: Call) throws {
        var record = record
        var body = try body(call, record.type)
        if let external = body["externalId"]?.scalarText, external != record.externalID {
            guard externalIDs[record.type]?[external] == nil else { throw Refusal.alreadyExists }
            record.externalID = external
        }
        if record.type == .salesOrder || record.type == .returnAuthorization, let status = body["orderStatus"] {
            let letter = try Self.orderStatus(status)
            if record.isUntouched, record.status == "A" || record.status == "B" { record.status = letter }
        }
        if let item = body["item"] { try patchLines(&record, item, call.request) }
        if record.type == .itemFulfillment, let status = body["shipStatus"] {
            record.status = try Self.shipStatus(status)
        }
        for name in ["item", "externalId", "orderStatus", "shipStatus", "id", "links", "status", "tranId"] {
            body[name] = nil
        }
        record.fields = record.fields.merging(body)
        record.modifiedAt = call.request.now
        if record.type != .itemFulfillment { record.settle() }
        if let old = transactions[record.id]?.externalID, old != record.externalID {
            externalIDs[record.type]?[old] = nil
        }
        store(record)
        recount(record.createdFrom)
    }

    /// `A` and `B` are the only ones that can be set; the others follow from what happens.
    static func orderStatus(_ json: JSON?) throws -> String {
        guard let json, !json.isNull else { return "A" }
        guard let letter = json["id"].string ?? json.string, letter == "A" || letter == "B" else {
            throw Refusal.invalidValue(shown(json), path: "orderStatus")
        }
        return letter
    }

    func body(_ call: Call, _ type: NetSuiteRecordType) throws -> JSONObject {
        guard let object = call.request.body == .empty ? JSONObject() : call.request.json.object else {
            throw Refusal.netsuite(400, "INVALID_CONTENT", "The body must be a JSON object.")
        }
        let body = try NetSuiteProperties.of(type).accepted(object, strict: Self.strict(call.request))
        try checkReferences(body)
        return body
    }

    private func lines(
        _ json: JSON?, _ type: NetSuiteRecordType, _ request: SimulatedRequest
    ) throws -> [NetSuiteTransaction.Line] {
        guard let entries = json?["items"].array, !entries.isEmpty else {
            throw Refusal.user("You must enter at least one line item for this transaction.", path: "item")
        }
        return try entries.indices.map { index in
            let object = try NetSuiteProperties.of(type).acceptedLine(
                entries[index].object ?? JSONObject(), index: index, strict: Self.strict(request))
            return try line(object, index: index, number: index + 1)
        }
    }

    private func line(_ object: JSONObject, index: Int, number: Int) throws -> NetSuiteTransaction.Line {
        let path = "item.items[\(index)]"
        let item = try itemID(object["item"] ?? .null, path: "\(path).item")
        guard let quantity = object["quantity"]?.decimal, quantity > 0 else {
            throw Refusal.invalidValue(Self.shown(object["quantity"] ?? .null), path: "\(path).quantity")
        }
        // A rate counts with the custom price level only; otherwise the item's own price does.
        let isCustomPrice = object["price"].flatMap(Self.reference) == -1
        let rate = isCustomPrice ? object["rate"]?.decimal ?? item.basePrice : item.basePrice
        let amount = isCustomPrice ? object["amount"]?.decimal : nil
        var fields = object
        for name in ["item", "line", "quantity", "rate", "amount", "location", "isClosed"] { fields[name] = nil }
        return NetSuiteTransaction.Line(
            number: number, uniqueKey: 0, item: item.id, quantity: quantity, rate: rate,
            amount: (amount ?? quantity * rate).rounded(to: 2),
            location: try location(object["location"], path: "\(path).location"), fields: fields)
    }

    private func patchLines(_ record: inout NetSuiteTransaction, _ json: JSON, _ request: SimulatedRequest) throws {
        let properties = NetSuiteProperties.of(record.type)
        for (index, entry) in (json["items"].array ?? []).enumerated() {
            let object = try properties.acceptedLine(
                entry.object ?? JSONObject(), index: index, strict: Self.strict(request))
            guard let number = object["line"]?.int else {
                let next = (record.lines.map(\.number).max() ?? 0) + 1
                record.lines.append(try line(object, index: index, number: next))
                continue
            }
            guard let position = record.lines.firstIndex(where: { $0.number == number }) else {
                throw Refusal.invalidValue(String(number), path: "item.items[\(index)].line")
            }
            try change(&record, position, object, index)
        }
    }

    private func change(_ record: inout NetSuiteTransaction, _ position: Int, _ object: JSONObject, _ index: Int) throws
    {
        if let isClosed = object["isClosed"]?.bool {
            // A sales order of which something left the house is no longer closed line by line.
            guard record.type != .salesOrder || record.isUntouched || !isClosed else {
                throw Refusal.user(
                    "You cannot close a line of a sales order that has been fulfilled.",
                    path: "item.items[\(index)].isClosed")
            }
            record.lines[position].isClosed = isClosed
        }
        if let quantity = object["quantity"]?.decimal {
            guard quantity >= record.lines[position].taken, quantity > 0 else {
                throw Refusal.invalidValue(quantity.description, path: "item.items[\(index)].quantity")
            }
            record.lines[position].quantity = quantity
            record.lines[position].amount = (quantity * record.lines[position].rate).rounded(to: 2)
        }
        for (key, value) in object.members where key.hasPrefix("custcol_") || key == "description" {
            record.lines[position].fields[key] = value
        }
    }
}
