import Foundation

/// Rows for SuiteQL to read.
protocol SuiteQLSource {
    /// Whether the table exists and has the column.
    func has(table: String) -> Bool
    func has(column: String, in table: String) -> Bool

    /// The rows of a table. `hints` are values a column must have one of; using them is optional.
    func rows(of table: String, hints: [String: [SuiteQLValue]]) -> [[String: SuiteQLValue]]

    /// The name a reference is displayed with.
    func display(_ value: SuiteQLValue, column: String, in table: String) -> SuiteQLValue
}

/// The account's records as tables.
struct NetSuiteTables: SuiteQLSource {
    let account: NetSuiteSimulator

    private static let columns: [String: Set<String>] = [
        "transaction": [
            "id", "tranid", "trandisplayname", "externalid", "type", "recordtype", "status", "entity", "trandate",
            "duedate", "shipdate", "memo", "email", "otherrefnum", "currency", "total", "foreigntotal", "createddate",
            "lastmodifieddate", "shipmethod", "voided",
        ],
        "transactionline": [
            "transaction", "id", "linesequencenumber", "item", "itemtype", "quantity", "quantityshiprecv",
            "quantitybilled", "rate", "netamount", "foreignamount", "location", "mainline", "taxline", "isclosed",
            "memo", "uniquekey", "createdfrom",
        ],
        "item": ["id", "itemid", "itemtype", "displayname", "isinactive", "externalid"],
        "customer": [
            "id", "entityid", "externalid", "email", "phone", "firstname", "lastname", "companyname", "isperson",
            "isinactive",
        ],
        "aggregateitemlocation": [
            "item", "location", "quantityonhand", "quantityavailable", "quantitycommitted", "quantityonorder",
            "quantitybackordered",
        ],
        "kititemmember": ["parentitem", "item", "quantity"],
        "location": ["id", "name", "isinactive"],
    ]

    func has(table: String) -> Bool { Self.columns[table] != nil }

    func has(column: String, in table: String) -> Bool {
        if Self.columns[table]?.contains(column) == true { return true }
        return table == "transaction" && column.hasPrefix("custbody")
            || table == "transactionline" && column.hasPrefix("custcol")
    }

    func rows(of table: String, hints: [String: [SuiteQLValue]]) -> [[String: SuiteQLValue]] {
        switch table {
        case "transaction": transactions(hints["id"]).map(row)
        case "transactionline": transactions(hints["transaction"]).flatMap(lineRows)
        case "item": account.items.map(row)
        case "customer": account.customers.map(row)
        case "aggregateitemlocation": account.stock.map(row)
        case "kititemmember": account.items.flatMap(memberRows)
        case "location":
            NetSuiteSimulator.locations.sorted { $0.key < $1.key }.map {
                ["id": .id($0.key), "name": .text($0.value), "isinactive": .flag(false)]
            }
        default: []
        }
    }

    func display(_ value: SuiteQLValue, column: String, in table: String) -> SuiteQLValue {
        let id = value.number.flatMap { Int($0.description) }
        switch (column, value) {
        case ("item", _), ("parentitem", _): return .optional(account.item(id)?.sku)
        case ("entity", _): return .optional(account.customer(id)?.name)
        case ("location", _): return .optional(id.flatMap { NetSuiteSimulator.locations[$0] })
        case ("currency", _): return .optional(id.flatMap { NetSuiteSimulator.currencies[$0] })
        case ("status", .status(let code, let letter)):
            let type = NetSuiteRecordType.allCases.first { $0.code == code }
            return .optional(type.map { "\($0.rawValue) : \($0.statusName(letter))" })
        default: return value
        }
    }

    private func transactions(_ ids: [SuiteQLValue]?) -> [NetSuiteTransaction] {
        guard let ids else { return account.transactionIDs.compactMap { account.transactions[$0] } }
        return ids.compactMap { $0.number.flatMap { Int($0.description) } }.compactMap { account.transactions[$0] }
    }

    private func row(_ record: NetSuiteTransaction) -> [String: SuiteQLValue] {
        func reference(_ name: String) -> SuiteQLValue { .id(record.fields[name].flatMap(NetSuiteSimulator.reference)) }
        func date(_ name: String) -> SuiteQLValue { record.fields[name]?.string.map(SuiteQLValue.date) ?? .null }
        func text(_ name: String) -> SuiteQLValue { .optional(record.fields[name]?.scalarText) }
        var row: [String: SuiteQLValue] = [
            "id": .id(record.id), "tranid": .text(record.tranID), "trandisplayname": .text(record.tranID),
            "externalid": .optional(record.externalID), "type": .text(record.type.code),
            "recordtype": .text(record.type.rawValue.lowercased()),
            "status": .status(type: record.type.code, letter: record.status), "entity": reference("entity"),
            "trandate": date("tranDate"), "duedate": date("dueDate"), "shipdate": date("shipDate"),
            "memo": text("memo"), "email": text("email"), "otherrefnum": text("otherRefNum"),
            "currency": reference("currency"), "shipmethod": reference("shipMethod"), "voided": .flag(false),
            "total": .number(record.total), "foreigntotal": .number(record.total),
            "createddate": .date(Timestamps.day(record.createdAt, in: NetSuiteSimulator.zone)),
            "lastmodifieddate": .date(Timestamps.day(record.modifiedAt, in: NetSuiteSimulator.zone)),
        ]
        for (key, value) in record.fields.members where key.hasPrefix("custbody") { row[key] = Self.custom(value) }
        if record.type == .salesOrder, row["custbody_sent_to_3pl"] == nil { row["custbody_sent_to_3pl"] = .flag(false) }
        return row
    }

    private static func custom(_ value: JSON) -> SuiteQLValue {
        if let flag = value.bool { return .flag(flag) }
        return .optional(value["id"].scalarText ?? value.scalarText)
    }

    /// The main line first, then the items; what leaves the house has a negative quantity.
    private func lineRows(_ record: NetSuiteTransaction) -> [[String: SuiteQLValue]] {
        let main: [String: SuiteQLValue] = [
            "transaction": .id(record.id), "id": .id(0), "linesequencenumber": .id(0), "mainline": .flag(true),
            "taxline": .flag(false), "isclosed": .flag(false), "createdfrom": .id(record.createdFrom),
            "netamount": .number(record.total), "foreignamount": .number(record.total),
        ]
        return [main] + record.lines.map { row($0, record) }
    }

    private func row(_ line: NetSuiteTransaction.Line, _ record: NetSuiteTransaction) -> [String: SuiteQLValue] {
        let sign: Decimal = record.type.takesStock ? -1 : 1
        var row: [String: SuiteQLValue] = [
            "transaction": .id(record.id), "id": .id(line.number), "linesequencenumber": .id(line.number),
            "item": .id(line.item), "itemtype": .optional(account.item(line.item)?.type),
            "quantity": .number(sign * line.quantity), "quantityshiprecv": .number(line.fulfilled),
            "quantitybilled": .number(line.billed), "rate": .number(line.rate),
            "netamount": .number(sign * line.amount),
            "foreignamount": .number(sign * line.amount), "location": .id(line.location), "mainline": .flag(false),
            "taxline": .flag(false), "isclosed": .flag(line.isClosed), "uniquekey": .id(line.uniqueKey),
            "memo": .optional(line.fields["description"]?.string), "createdfrom": .id(record.createdFrom),
        ]
        for (key, value) in line.fields.members where key.hasPrefix("custcol") { row[key] = Self.custom(value) }
        return row
    }

    private func row(_ item: NetSuiteItem) -> [String: SuiteQLValue] {
        [
            "id": .id(item.id), "itemid": .text(item.sku), "itemtype": .text(item.type),
            "displayname": .text(item.name), "isinactive": .flag(item.isInactive), "externalid": .null,
        ]
    }

    private func row(_ customer: NetSuiteCustomer) -> [String: SuiteQLValue] {
        func text(_ name: String) -> SuiteQLValue { .optional(customer.fields[name]?.string) }
        return [
            "id": .id(customer.id), "entityid": .text(customer.fields["entityId"]?.string ?? customer.name),
            "externalid": .optional(customer.externalID), "email": text("email"), "phone": text("phone"),
            "firstname": text("firstName"), "lastname": text("lastName"), "companyname": text("companyName"),
            "isperson": .flag(customer.fields["isPerson"]?.bool ?? false), "isinactive": .flag(false),
        ]
    }

    private func row(_ stock: NetSuiteStock) -> [String: SuiteQLValue] {
        [
            "item": .id(stock.item), "location": .id(stock.location), "quantityonhand": .number(stock.onHand),
            "quantityavailable": .number(stock.available), "quantitycommitted": .number(stock.committed),
            "quantityonorder": .number(stock.onOrder), "quantitybackordered": .number(stock.backOrdered),
        ]
    }

    private func memberRows(_ item: NetSuiteItem) -> [[String: SuiteQLValue]] {
        item.members.map { ["parentitem": .id(item.id), "item": .id($0.item), "quantity": .number($0.quantity)] }
    }
}
