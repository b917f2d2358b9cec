import Foundation

/// What comes to the warehouse: announcements and receipts.
extension DCLSimulator {
    mutating func announceReceipt(_ call: Call) throws -> SimulatedResponse {
        let object = call.request.json.object ?? JSONObject()
        try Self.checked { () throws(DCLError) in try checkAnnouncement(DCLFields(object: object)) }
        let number = announcementNumber.take()
        announcements.append(.object(JSONObject([("dcl_po_number", .int(number))]).merging(object)))
        return .dcl(JSONObject([("dcl_po_number", .int(number))]), status: 201)
    }

    mutating func listReceipts(_ call: Call) throws -> SimulatedResponse {
        let page = try DCLPage(call.request, sizeMax: 100)
        let shown = page.slice(receipts.filter { Self.admits($0, call.request) }).map { receipt in
            JSON.object((receipt.object ?? JSONObject()).selecting(page.fields))
        }
        return .dcl(JSONObject([("po_receipts", .array(shown))]))
    }

    /// `{"reference_transaction_number","lines":[{"sku","quantity"}]}`, or one line without the list.
    mutating func receive(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        let lines = body["lines"].array ?? [body]
        let reference = body["reference_transaction_number"].string
        let announcement = announcements.first { $0["reference_transaction_number"].string == reference }
        let day = body["receipt_date"].string ?? Timestamps.day(call.request.now, in: DCLOrder.zone)
        let rows = try lines.map { line -> JSON in
            guard let sku = line["sku"].string ?? line["item_number"].string, let quantity = line["quantity"].int else {
                throw Self.problem(422, "lines need sku and quantity.")
            }
            return [
                "receipt_number": .int(receiptNumber.take()), "dcl_po_number": announcement?["dcl_po_number"] ?? .null,
                "customer_po_number": announcement?["reference_order_number"] ?? body["customer_po_number"],
                "reference_transaction_number": .text(reference), "receipt_date": .string(day), "receipt_type": "PO",
                "item_number": .string(sku), "inventory_type": "ZFRC", "quantity": .int(quantity),
                "supplier_reference": .string(body["supplier_reference"].string ?? ""),
            ]
        }
        receipts.append(contentsOf: rows)
        for row in rows { items[row["item_number"].string ?? ""]?.onHand += row["quantity"].int ?? 0 }
        return .json(["po_receipts": .array(rows)], status: 201)
    }

    private func checkAnnouncement(_ fields: DCLFields) throws(DCLError) {
        guard try fields.required("account_number", max: 10) == settings.accountNumber else {
            throw .init(code: 1006, message: "The account number is not available to this login.")
        }
        _ = try fields.required("location", max: 3)
        let reference = try fields.requiredReference("reference_transaction_number", max: 25)
        _ = try fields.required("reference_order_number", max: 25)
        try fields.date("order_date", isRequired: true)
        try fields.date("expected_delivery_date", isRequired: true)
        guard let lines = fields.object["lines"]?.array, !lines.isEmpty else { throw .required("lines") }
        for (index, line) in lines.enumerated() {
            let line = DCLFields(object: line.object ?? JSONObject(), path: "lines[\(index)].")
            _ = try line.positive("line_number")
            _ = try line.positive("quantity")
            let item = try line.required("item_number", max: 25)
            guard items[item] != nil else {
                throw .init(
                    code: 1001, message: "Item number '\(item)' is not set up for account \(settings.accountNumber).")
            }
        }
        guard !announcements.contains(where: { $0["reference_transaction_number"].string == reference }) else {
            throw .init(code: 1002, message: "Reference transaction number '\(reference)' already exists.")
        }
    }

    private static func admits(_ receipt: JSON, _ request: SimulatedRequest) -> Bool {
        let exact = ["reference_transaction_number", "customer_po_number", "supplier_reference", "inventory_type"]
        for name in exact {
            if let wanted = request.query(name), receipt[name].string != wanted { return false }
        }
        if let number = request.query("dcl_po_number"), number != "0", receipt["dcl_po_number"].scalarText != number {
            return false
        }
        if let items = request.query("item_numbers") {
            guard items.split(separator: ",").contains(where: { $0 == receipt["item_number"].string ?? "" }) else {
                return false
            }
        }
        let day = receipt["receipt_date"].string ?? ""
        if let from = request.query("received_from"), day < from.prefix(10) { return false }
        if let to = request.query("received_to"), day > to.prefix(10) { return false }
        return true
    }
}
