import Foundation

/// What people do in the ERP itself.
extension NetSuiteSimulator {
    mutating func control(_ request: SimulatedRequest) -> SimulatedResponse? {
        Self.controls.answer(request, &self)
    }

    private static let controls = RouteTable<NetSuiteSimulator>([
        Route("POST", "features") { try $0.setFeatures($1) },
        Route("POST", "items") { try $0.setUpItem($1) },
        Route("POST", "inventory") { try $0.setInventory($1) },
        Route("POST", "boms") { try $0.setBill($1) },
        Route("POST", "purchase-orders") { try $0.typePurchaseOrder($1) },
        Route("POST", "sales-orders") { try $0.typeSalesOrder($1) },
    ])

    /// `{"advanced_receiving": false}`
    private mutating func setFeatures(_ call: Call) throws -> SimulatedResponse {
        guard let isOn = call.request.json["advanced_receiving"].bool else {
            throw Refusal(response: .problem(422, "advanced_receiving must be true or false."))
        }
        hasAdvancedReceiving = isOn
        return .json(["advanced_receiving": .bool(isOn)])
    }

    private mutating func setUpItem(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        let id = try known(
            body, named: "sku", price: body["price"].decimal ?? 0, type: body["type"].string ?? "InvtPart")
        return announced(id)
    }

    /// `{"sku","location","quantity_on_hand"}`; other levels likewise.
    private mutating func setInventory(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        let id = try known(body, named: "sku")
        let place = Self.reference(body["location"]) ?? 1
        guard Self.locations[place] != nil else { throw Refusal(response: .problem(422, "location does not exist.")) }
        let index =
            stock.firstIndex { $0.item == id && $0.location == place }
            ?? {
                stock.append(NetSuiteStock(item: id, location: place))
                return stock.count - 1
            }()
        func level(_ names: String...) -> Decimal? { names.compactMap { body[$0].decimal }.first }
        if let value = level("quantity_on_hand", "on_hand", "quantity") { stock[index].onHand = value }
        if let value = level("quantity_committed", "committed") { stock[index].committed = value }
        if let value = level("quantity_available", "available") { stock[index].committed = stock[index].onHand - value }
        if let value = level("quantity_on_order", "on_order") { stock[index].onOrder = value }
        if let value = level("quantity_back_ordered", "back_ordered") { stock[index].backOrdered = value }
        return announced(id)
    }

    /// `{"sku","components":[{"sku","quantity"}]}`
    private mutating func setBill(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        guard let components = body["components"].array, !components.isEmpty else {
            throw Refusal(response: .problem(422, "components must name at least one SKU."))
        }
        let members = try components.map { component in
            (sku: item(try known(component, named: "sku"))?.sku ?? "", quantity: component["quantity"].decimal ?? 1)
        }
        let id = try known(body, named: "sku", type: "Kit")
        if let index = items.firstIndex(where: { $0.id == id }) {
            items[index].type = body["type"].string ?? "Kit"
            if items[index].type == "Kit" { stock.removeAll { $0.item == id } }
        }
        setMembers(of: id, members)
        return announced(id)
    }

    /// An order somebody typed into the ERP: no external id, not yet sent to the warehouse.
    private mutating func typeSalesOrder(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        var fields = JSONObject([("custbody_sent_to_3pl", false)])
        for name in ["email", "memo", "otherRefNum", "shippingCost", "shipMethod"] where !body[name].isNull {
            fields[name] = body[name]
        }
        fields["location"] = ["id": "1"]
        fields["currency"] = body["currency"].isNull ? ["id": "1"] : body["currency"]
        fields["shippingAddress"] = body["shippingAddress"].isNull ? Self.usualAddress : body["shippingAddress"]
        return try typeOrder(.salesOrder, body, fields, entity: Self.reference(body["entity"]) ?? 107, call)
    }

    private mutating func typePurchaseOrder(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        var fields = JSONObject([("location", ["id": "1"])])
        if let due = body["due_date"].string ?? body["dueDate"].string { fields["dueDate"] = .string(due) }
        return try typeOrder(.purchaseOrder, body, fields, entity: Self.vendorID, call)
    }

    private mutating func typeOrder(
        _ type: NetSuiteRecordType, _ body: JSON, _ fields: JSONObject, entity: Int, _ call: Call
    ) throws -> SimulatedResponse {
        guard let entries = body["lines"].array, !entries.isEmpty else {
            throw Refusal(response: .problem(422, "lines must hold at least one line."))
        }
        var lines: [NetSuiteTransaction.Line] = []
        for (index, entry) in entries.enumerated() {
            let item = item(try known(entry, named: "sku"))
            let quantity = entry["quantity"].decimal ?? 1
            let rate = entry["rate"].decimal ?? item?.basePrice ?? 0
            lines.append(
                .init(
                    number: index + 1, uniqueKey: 0, item: item?.id ?? 0, quantity: quantity, rate: rate,
                    amount: (quantity * rate).rounded(to: 2), location: 1))
        }
        let id = addTransaction(
            type, external: nil, status: body["status"].string ?? "B", fields: fields, lines: lines, entity: entity,
            from: nil, now: call.request.now)
        return .json(transactions[id].map { json($0, expanded: true, links: nil) } ?? .null, status: 201)
    }

    /// The item of a SKU, set up now when it is new.
    private mutating func known(
        _ body: JSON, named name: String, price: Decimal = 0, type: String = "InvtPart"
    ) throws -> Int {
        guard let sku = body[name].string, !sku.isEmpty else {
            throw Refusal(response: .problem(422, "\(name) must name a SKU."))
        }
        return item(sku: sku)?.id ?? addItem(sku: sku, price: price, type: type)
    }

    private func announced(_ id: Int) -> SimulatedResponse {
        guard let item = item(id) else { return SimulatedResponse(status: 500) }
        var response = SimulatedResponse.json(item.json(), status: 201)
        response.announcedSKUs = [item.sku]
        return response
    }

    private static let usualAddress: JSON = [
        "addressee": "Ana Ruiz", "addr1": "92 Chestnut St", "addr2": "", "city": "Louisville", "state": "KY",
        "zip": "40202", "country": ["id": "US"], "addrPhone": "+15024592181",
    ]
}
