import Foundation

/// Transactions as the record API shows them.
extension NetSuiteSimulator {
    /// `expanded` shows sublists and addresses; otherwise they are links only. `links` is the record's own address.
    func json(_ record: NetSuiteTransaction, expanded: Bool, links: String?) -> JSON {
        var object = JSONObject([
            ("links", .array(links.map { [["rel": "self", "href": .string($0)]] } ?? [])),
            ("id", .string(String(record.id))),
            ("tranId", .string(record.tranID)),
            ("status", Self.status(record)),
        ])
        if let external = record.externalID { object["externalId"] = .string(external) }
        if record.type == .salesOrder || record.type == .returnAuthorization {
            object["orderStatus"] = Self.status(record)
        }
        if record.type == .itemFulfillment { object["shipStatus"] = Self.status(record) }
        if let source = record.createdFrom.flatMap({ transactions[$0] }) {
            object["createdFrom"] = [
                "id": .string(String(source.id)), "refName": .string("\(source.type.rawValue) #\(source.tranID)"),
            ]
        }
        for (key, value) in record.fields.members where key != "item" {
            object[key] = shown(key, value, expanded, links)
        }
        if record.type == .salesOrder, object["custbody_sent_to_3pl"] == nil { object["custbody_sent_to_3pl"] = false }
        object["item"] = expanded ? sublist(record) : Self.link("\(links ?? "")/item")
        object["subtotal"] = .double(record.lines.reduce(0) { $0 + $1.amount })
        object["total"] = .double(record.total)
        object["createdDate"] = .string(Timestamps.utc(record.createdAt))
        object["lastModifiedDate"] = .string(Timestamps.utc(record.modifiedAt))
        return .object(object)
    }

    private static func status(_ record: NetSuiteTransaction) -> JSON {
        ["id": .string(record.status), "refName": .string(record.type.statusName(record.status))]
    }

    private static func link(_ url: String) -> JSON { ["links": [["rel": "self", "href": .string(url)]]] }

    private func shown(_ key: String, _ value: JSON, _ expanded: Bool, _ links: String?) -> JSON {
        switch key {
        case "entity":
            guard let id = Self.reference(value) else { return value }
            let name = customer(id)?.name ?? "Vendor \(id)"
            return ["id": .string(String(id)), "refName": .string(name)]
        case "shippingAddress", "billingAddress", "package":
            return expanded ? value : Self.link("\(links ?? "")/\(key)")
        default: return value
        }
    }

    private func sublist(_ record: NetSuiteTransaction) -> JSON {
        [
            "items": .array(record.lines.map { json($0, record) }),
            "count": .int(record.lines.count), "hasMore": false, "offset": 0,
            "totalResults": .int(record.lines.count),
        ]
    }

    private func json(_ line: NetSuiteTransaction.Line, _ record: NetSuiteTransaction) -> JSON {
        let item = item(line.item)
        var object = JSONObject([
            ("line", .int(line.number)),
            ("item", ["id": .string(String(line.item)), "refName": .string(item?.sku ?? "")]),
            ("quantity", .double(line.quantity)),
        ])
        if record.createdFrom == nil || record.type == .returnAuthorization {
            object["quantityFulfilled"] = .double(line.fulfilled)
            object["quantityCommitted"] = .double(max(0, line.quantity - line.fulfilled))
            object["quantityBackOrdered"] = .double(0)
            object["quantityBilled"] = .double(line.billed)
            object["isClosed"] = .bool(line.isClosed)
        }
        if record.type == .purchaseOrder || record.type == .returnAuthorization {
            object["quantityReceived"] = .double(line.fulfilled)
        }
        if let orderLine = line.orderLine { object["orderLine"] = .int(orderLine) }
        object["rate"] = .double(line.rate)
        object["amount"] = .double(line.amount)
        if let location = line.location {
            object["location"] = [
                "id": .string(String(location)), "refName": .string(Self.locations[location] ?? ""),
            ]
        }
        object["itemType"] = ["id": .string(item?.type ?? "InvtPart")]
        object["lineUniqueKey"] = .string(String(line.uniqueKey))
        return .object(object.merging(line.fields.without(["orderLine", "itemReceive"])))
    }
}

extension JSONObject {
    func without(_ names: Set<String>) -> JSONObject {
        JSONObject(members.filter { !names.contains($0.key) }.map { ($0.key, $0.value) })
    }
}
