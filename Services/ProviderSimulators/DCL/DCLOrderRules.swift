import Foundation

/// The rules an order of a batch must keep.
extension DCLSimulator {
    private static let poNumberMax = 25

    /// Reads and checks one order. `batch` are the numbers that come before it in the same batch.
    func accept(
        _ json: JSON, location: String, batch: Set<String>, now: Date
    ) throws(DCLError) -> DCLOrder {
        guard var object = json.object else { throw .invalid("orders", "an order must be an object") }
        let fields = DCLFields(object: object)
        let number = try fields.requiredReference("order_number", max: 25)
        try checkHead(fields)
        try checkAddress(object["shipping_address"], "shipping_address", isRequired: true)
        try checkAddress(object["billing_address"], "billing_address", isRequired: false)
        let lines = try lines(object["lines"])
        guard orders[number] == nil, !batch.contains(number) else {
            throw .init(
                code: 1002, message: "Order number '\(number)' already exists for account \(settings.accountNumber).")
        }
        object["lines"] = nil
        if let purchase = object["po_number"]?.scalarText {
            object["po_number"] = .string(String(purchase.prefix(Self.poNumberMax)))
        }
        return DCLOrder(
            number: number, location: location, stage: .received, fields: object, lines: lines, receivedAt: now,
            modifiedAt: now)
    }

    private func checkHead(_ fields: DCLFields) throws(DCLError) {
        let account = try fields.required("account_number", max: 10)
        guard account == settings.accountNumber else {
            throw .init(code: 1006, message: "Account number '\(account)' is not available to this login.")
        }
        _ = try fields.required("freight_account", max: 10)
        _ = try fields.required("shipping_carrier", max: 30)
        _ = try fields.required("shipping_service", max: 30)
        try fields.optional("customer_number", max: 25)
        try fields.optional("acknowledgement_email", max: 40)
        try fields.optional("consignee_number", max: 25)
        try fields.date("ordered_date", isRequired: false)
        for name in [
            "order_subtotal", "shipping_handling", "sales_tax", "international_handling", "total_due", "amount_paid",
            "net_due_currency",
        ] {
            try fields.decimal(name)
        }
        if let status = fields.object["order_status"], !status.isNull, ![0, 1, 2].contains(status.int) {
            throw .invalid("order_status", "0, 1 or 2 is expected")
        }
        if let system = fields.object["system_id"], !system.isNull, !["P", "B"].contains(system.string) {
            throw .invalid("system_id", "P or B is expected")
        }
    }

    func checkAddress(_ json: JSON?, _ name: String, isRequired: Bool) throws(DCLError) {
        guard let object = json?.object else {
            if isRequired { throw .required(name) }
            return
        }
        guard isRequired else { return }
        let fields = DCLFields(object: object, path: "\(name).")
        let isAddressed = ["company", "attention"].contains { object[$0]?.string?.isEmpty == false }
        guard isAddressed else { throw .required("\(name).attention") }
        _ = try fields.required("address1", max: 100)
        _ = try fields.required("city", max: 100)
        guard try fields.required("country_code", max: 2).count == 2 else {
            throw .invalid("\(name).country_code", "an ISO code of two letters is expected")
        }
    }

    private func lines(_ json: JSON?) throws(DCLError) -> [DCLOrder.Line] {
        guard let entries = json?.array, !entries.isEmpty else { throw .required("lines") }
        var lines: [DCLOrder.Line] = []
        for (index, entry) in entries.enumerated() {
            let fields = DCLFields(object: entry.object ?? JSONObject(), path: "lines[\(index)].")
            _ = try fields.positive("line_number")
            let item = try fields.required("item_number", max: 25)
            let quantity = try fields.positive("quantity")
            for (name, limit) in [
                ("description", 100), ("comments", 100), ("custom_field1", 20), ("custom_field2", 20),
                ("custom_field5", 20),
            ] {
                try fields.optional(name, max: limit)
            }
            try fields.decimal("price")
            try checkItem(item)
            lines.append(.init(item: item, quantity: quantity, json: fields.object))
        }
        let numbers = entries.map { $0["line_number"].int }
        guard Set(numbers).count == numbers.count else {
            throw .invalid("lines.line_number", "each number may occur once")
        }
        return lines
    }

    private func checkItem(_ sku: String) throws(DCLError) {
        guard items[sku] != nil else {
            throw .init(
                code: 1001, message: "Item number '\(sku)' is not set up for account \(settings.accountNumber).")
        }
        guard !refusedSKUs.contains(sku) else {
            throw .init(
                code: 1005,
                message: "Item number '\(sku)' is not available at this warehouse: it has been withdrawn from sale.")
        }
    }
}
