import Foundation

/// One announced return, and what has come in of it.
struct DCLReturn: Sendable {
    struct Receipt: Sendable {
        var number: Int
        var quantity: Int
        /// `A` to `D`; nil until somebody has looked.
        var condition: String?
        var receivedAt: Date
    }

    struct Line: Sendable {
        var item: String
        /// 0 for what came without being announced.
        var quantity: Int
        var fields: JSONObject
        var receipts: [Receipt] = []

        var received: Int { receipts.reduce(0) { $0 + $1.quantity } }
    }

    static let conditions: Set<String> = ["A", "B", "C", "D"]

    var number: String
    /// As it was sent, without its lines.
    var fields: JSONObject
    var lines: [Line]
    var isCancelled = false
    var modifiedAt: Date

    var hasReceipts: Bool { lines.contains { $0.received > 0 } }

    private var stage: (number: Int, description: String) {
        if isCancelled { return (2, "RMA Cancelled") }
        guard hasReceipts else { return (10, "RMA Open") }
        return lines.allSatisfy { $0.received >= $0.quantity } ? (60, "Fully Received") : (50, "Partially Received")
    }

    func json() -> JSON {
        var object = fields
        object["rma_number"] = .string(number)
        object["rma_stage"] = .int(stage.number)
        object["stage_description"] = .string(stage.description)
        object["is_cancelled"] = .bool(isCancelled)
        object["modified_at"] = .string(Timestamps.offset(modifiedAt, in: DCLOrder.zone))
        object["lines"] = .array(lines.map(json))
        return .object(object)
    }

    private func json(_ line: Line) -> JSON {
        var object = line.fields
        object["item_number"] = .string(line.item)
        object["quantity"] = .int(line.quantity)
        object["received_quantity"] = .int(line.received)
        // The warehouse writes null where there is nothing, never an empty list.
        object["receipts"] = line.receipts.isEmpty ? .null : .array(line.receipts.map(json))
        return .object(object)
    }

    private func json(_ receipt: Receipt) -> JSON {
        [
            "receipt_number": .int(receipt.number), "quantity": .int(receipt.quantity),
            "condition": .text(receipt.condition),
            "received_at": .string(Timestamps.local(receipt.receivedAt, in: DCLOrder.zone)),
        ]
    }
}
