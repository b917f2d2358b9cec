import Foundation

/// ReturnTrak: announced returns.
extension DCLSimulator {
    private static let types: Set<String> = [
        "T01", "T02", "T03", "T11", "T12", "T13", "T21", "T22", "T23", "T24", "T25", "T26", "T31", "T32", "T33", "T81",
        "T82", "T99",
    ]

    mutating func createReturn(_ call: Call) throws -> SimulatedResponse {
        var object = call.request.json.object ?? JSONObject()
        let lines = try Self.checked { () throws(DCLError) in try checkedReturn(DCLFields(object: object)) }
        let number = object["rma_number"]?.scalarText ?? "RMA\(returnNumber.take())"
        guard returns[number] == nil else {
            throw DCLError(code: 1002, message: "RMA number '\(number)' already exists.").refusal()
        }
        object["lines"] = nil
        returns[number] = DCLReturn(number: number, fields: object, lines: lines, modifiedAt: call.request.now)
        returnNumbers.append(number)
        return .dcl(JSONObject([("rma_number", .string(number))]), status: 201)
    }

    mutating func listReturns(_ call: Call) throws -> SimulatedResponse {
        let page = try DCLPage(call.request, sizeMax: 100)
        let wanted = call.request.query("rma_numbers").map { Set($0.split(separator: ",").map(String.init)) }
        let from = try Self.date(call.request, "modified_from")
        let to = try Self.date(call.request, "modified_to")
        let found = returnNumbers.compactMap { returns[$0] }.filter { entry in
            wanted?.contains(entry.number) != false && entry.modifiedAt >= from ?? .distantPast
                && entry.modifiedAt <= to ?? .distantFuture
        }
        let shown = page.slice(found).map { entry in
            JSON.object((entry.json().object ?? JSONObject()).selecting(page.fields))
        }
        // An empty list is null here too.
        return .dcl(JSONObject([("rmas", shown.isEmpty ? .null : .array(shown))]))
    }

    mutating func cancelReturn(_ call: Call) throws -> SimulatedResponse {
        let account = try Self.checked { () throws(DCLError) in
            try DCLFields(object: call.request.json.object ?? JSONObject()).required("account_number", max: 10)
        }
        guard account == settings.accountNumber, var entry = returns[call["number"]] else {
            throw DCLError(code: 404, message: "RMA '\(call["number"])' was not found.").refusal(status: 404)
        }
        if entry.isCancelled { return .dcl() }
        guard !entry.hasReceipts else {
            throw DCLError(
                code: 409, message: "RMA \(entry.number) has been received in part and cannot be cancelled."
            ).refusal(status: 200)
        }
        entry.isCancelled = true
        entry.modifiedAt = call.request.now
        returns[entry.number] = entry
        return .dcl()
    }

    private func checkedReturn(_ fields: DCLFields) throws(DCLError) -> [DCLReturn.Line] {
        try fields.optional("rma_number", max: 25)
        try fields.date("rma_date", isRequired: false)
        for (name, limit) in [
            ("original_order_number", 25), ("customer_number", 25), ("comments", 255), ("shipping_instructions", 255),
        ] {
            try fields.optional(name, max: limit)
        }
        for name in ["order_amount", "shipping_handling", "sales_tax", "restocking_fee", "total_amount"] {
            try fields.decimal(name)
        }
        try checkAddress(fields.object["shipping_address"], "shipping_address", isRequired: true)
        guard Self.types.contains(try fields.required("rma_type", max: 3)) else {
            throw .invalid("rma_type", "it is not a known type")
        }
        let disposition = try fields.required("disposition", max: 3)
        guard disposition.wholeMatch(of: /D[0-9]{1,2}/) != nil else {
            throw .invalid("disposition", "it is not a known disposition")
        }
        var lines: [DCLReturn.Line] = []
        for (index, line) in (fields.object["lines"]?.array ?? []).enumerated() {
            lines.append(try checkedLine(DCLFields(object: line.object ?? JSONObject(), path: "lines[\(index)].")))
        }
        guard !lines.isEmpty else { throw .required("lines") }
        return lines
    }

    private func checkedLine(_ fields: DCLFields) throws(DCLError) -> DCLReturn.Line {
        let item = try fields.required("item_number", max: 35)
        let quantity = try fields.positive("quantity")
        try fields.optional("description", max: 100)
        try fields.optional("serial_number", max: 25)
        try fields.decimal("price")
        guard items[item] != nil else {
            throw .init(
                code: 1001, message: "Item number '\(item)' is not set up for account \(settings.accountNumber).")
        }
        return DCLReturn.Line(item: item, quantity: quantity, fields: fields.object)
    }

    private static func date(_ request: SimulatedRequest, _ name: String) throws -> Date? {
        guard let text = request.query(name) else { return nil }
        guard let date = Timestamps.parse(text, zone: DCLOrder.zone) else {
            throw DCLError.invalid(name, "a date is expected").refusal()
        }
        return date
    }
}
