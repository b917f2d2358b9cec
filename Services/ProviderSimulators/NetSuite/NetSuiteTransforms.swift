import Foundation

/// `!transform`: documents that can only be made from another transaction.
extension NetSuiteSimulator {
    mutating func transformRecord(_ call: Call) throws -> SimulatedResponse {
        let source = try transaction(call)
        guard let target = NetSuiteRecordType(rawValue: call["target"]) else { throw Self.unknownType(call["target"]) }
        if target == .itemReceipt, !hasAdvancedReceiving { throw Self.unknownType(call["target"]) }
        switch (source.type, target) {
        case (.salesOrder, .itemFulfillment), (.purchaseOrder, .itemReceipt), (.returnAuthorization, .itemReceipt):
            return try move(source, to: target, call)
        case (.salesOrder, .cashSale), (.returnAuthorization, .creditMemo), (.returnAuthorization, .cashRefund):
            return try bill(source, to: target, call)
        case (.salesOrder, .returnAuthorization): return try authorizeReturn(source, call)
        default:
            throw Refusal.user("The transformation from \(source.type.rawValue) to \(target.rawValue) is not allowed.")
        }
    }

    /// Ships or receives. Lines the body leaves out are moved in full.
    private mutating func move(
        _ source: NetSuiteTransaction, to target: NetSuiteRecordType, _ call: Call
    ) throws -> SimulatedResponse {
        let body = try body(call, target)
        let external = try unusedExternalID(body, target)
        guard ["B", "D", "E"].contains(source.status) else {
            throw Refusal.user(
                "\(source.tranID) cannot be moved: its status is \(source.type.statusName(source.status)).")
        }
        let status = target == .itemFulfillment ? try Self.shipStatus(body["shipStatus"]) : "A"
        let wanted = try wantedLines(body["item"], of: source, target, call.request)
        let lines = try source.lines.compactMap { try moved($0, wanted[$0.number]) }
        guard !lines.isEmpty else {
            throw Refusal.user("You must have at least one valid line item for this transaction.", path: "item")
        }
        let id = addTransaction(
            target, external: external, status: status, fields: body, lines: lines, entity: nil, from: source.id,
            now: call.request.now)
        let stocked = lines.filter { wanted[$0.orderLine ?? 0]?["restock"]?.bool != false }
        if target == .itemReceipt || status == "C" { moveStock(stocked, out: target == .itemFulfillment) }
        return created(target, id, call.request)
    }

    /// Bills what has been shipped and not been billed yet; without Advanced Receiving, a return's credit receives it too.
    private mutating func bill(
        _ source: NetSuiteTransaction, to target: NetSuiteRecordType, _ call: Call
    ) throws -> SimulatedResponse {
        let body = try body(call, target)
        let external = try unusedExternalID(body, target)
        let wanted = try wantedLines(body["item"], of: source, target, call.request)
        let isWhole = !Self.replacesItems(call.request)
        let receives = source.type == .returnAuthorization && !hasAdvancedReceiving
        let lines = try source.lines.compactMap {
            try billed($0, wanted[$0.number], isWhole: isWhole, left: receives ? $0.open : $0.fulfilled - $0.billed)
        }
        guard !lines.isEmpty else {
            throw Refusal.user(
                "\(source.tranID) has nothing to bill: its status is \(source.type.statusName(source.status)).")
        }
        let id = addTransaction(
            target, external: external, status: target == .cashSale ? "B" : "A", fields: body, lines: lines,
            entity: source.fields["entity"].flatMap(Self.reference), from: source.id, now: call.request.now)
        if receives { moveStock(lines, out: false) }
        return created(target, id, call.request)
    }

    static func shipStatus(_ json: JSON?) throws -> String {
        guard let json, !json.isNull else { return "C" }
        guard let letter = json["id"].string ?? json.string, ["A", "B", "C"].contains(letter) else {
            throw Refusal.invalidValue(shown(json), path: "shipStatus")
        }
        return letter
    }

    /// The part of a line that is billed or credited: all that is left of it where the body says nothing.
    private func billed(
        _ line: NetSuiteTransaction.Line, _ wanted: JSONObject?, isWhole: Bool, left: Decimal
    ) throws -> NetSuiteTransaction.Line? {
        guard let wanted else { return isWhole && left > 0 ? line.taking(left) : nil }
        let quantity = wanted["quantity"].map { $0.decimal ?? 0 } ?? left
        guard quantity > 0, quantity <= left else {
            throw Refusal.invalidValue(quantity.description, path: "item.items.quantity")
        }
        var part = line.taking(quantity)
        guard let amount = wanted["amount"], !amount.isNull else { return part }
        guard let value = amount.decimal, value >= 0 else {
            throw Refusal.invalidValue(Self.shown(amount), path: "item.items.amount")
        }
        part.amount = value.rounded(to: 2)
        return part
    }

    /// Whether `replace=item` says that the lines of the body are all there are.
    static func replacesItems(_ request: SimulatedRequest) -> Bool {
        request.query("replace")?.split(separator: ",").contains("item") ?? false
    }

    func unusedExternalID(_ body: JSONObject, _ type: NetSuiteRecordType) throws -> String? {
        guard let external = body["externalId"]?.scalarText else { return nil }
        guard externalIDs[type]?[external] == nil else { throw Refusal.alreadyExists }
        return external
    }

    /// What the body says about each source line, by line number.
    func wantedLines(
        _ json: JSON?, of source: NetSuiteTransaction, _ target: NetSuiteRecordType, _ request: SimulatedRequest
    ) throws -> [Int: JSONObject] {
        var wanted: [Int: JSONObject] = [:]
        for (index, entry) in (json?["items"].array ?? []).enumerated() {
            let object = try NetSuiteProperties.of(target).acceptedLine(
                entry.object ?? JSONObject(), index: index, strict: Self.strict(request))
            guard let number = object["orderLine"]?.int, source.lines.contains(where: { $0.number == number }),
                wanted[number] == nil
            else {
                throw Refusal.invalidValue(
                    Self.shown(object["orderLine"] ?? .null), path: "item.items[\(index)].orderLine")
            }
            _ = try location(object["location"], path: "item.items[\(index)].location")
            wanted[number] = object
        }
        return wanted
    }

    /// The part of a line that is moved; nil when it stays.
    private func moved(_ line: NetSuiteTransaction.Line, _ wanted: JSONObject?) throws -> NetSuiteTransaction.Line? {
        if wanted?["itemReceive"]?.bool == false { return nil }
        guard line.open > 0 else {
            guard wanted == nil else {
                throw Refusal.user("Line \(line.number) has nothing left to move.", path: "item")
            }
            return nil
        }
        let quantity = wanted?["quantity"].map { $0.decimal ?? 0 } ?? line.open
        guard quantity > 0, quantity <= line.open else {
            throw Refusal.invalidValue(quantity.description, path: "item.items.quantity")
        }
        var moved = line.taking(quantity)
        if let location = wanted?["location"].flatMap(Self.reference) { moved.location = location }
        return moved
    }

    private mutating func moveStock(_ lines: [NetSuiteTransaction.Line], out: Bool) {
        for line in lines {
            let parts = item(line.item)?.members.map { ($0.item, $0.quantity * line.quantity) } ?? []
            for (item, quantity) in parts.isEmpty ? [(line.item, line.quantity)] : parts {
                let place = line.location ?? 1
                if !out, !stock.contains(where: { $0.item == item && $0.location == place }) {
                    stock.append(NetSuiteStock(item: item, location: place))
                }
                guard let index = stock.firstIndex(where: { $0.item == item && $0.location == place }) else { continue }
                stock[index].onHand += out ? -quantity : quantity
            }
        }
    }
}

extension NetSuiteTransaction.Line {
    /// A line of a document made from this one.
    func taking(_ units: Decimal) -> Self {
        var copy = self
        copy.quantity = units
        copy.amount = (units * rate).rounded(to: 2)
        copy.orderLine = number
        copy.isClosed = false
        return copy
    }
}
