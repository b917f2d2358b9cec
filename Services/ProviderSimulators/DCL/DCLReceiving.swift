import Foundation

/// Returned goods at the dock.
extension DCLSimulator {
    /// `{"lines":[{"sku","quantity","condition":"A|B|C|D"}]}`; without lines all that is announced comes, in condition A.
    /// A condition of null leaves the units ungraded; a SKU nobody announced is received as it is.
    mutating func receiveReturn(_ call: Call) throws -> SimulatedResponse {
        var entry = try returnToChange(call)
        let announced = entry.lines.filter { $0.quantity > $0.received }.map { line -> JSON in
            ["sku": .string(line.item), "quantity": .int(line.quantity - line.received), "condition": "A"]
        }
        let arrivals = call.request.json["lines"].array ?? announced
        guard !arrivals.isEmpty else { throw Self.problem(409, "RMA \(entry.number) has nothing left to receive.") }
        for arrival in arrivals {
            let item = try Self.sku(arrival)
            guard let quantity = arrival["quantity"].int, quantity > 0 else {
                throw Self.problem(422, "lines need a positive quantity.")
            }
            let condition = try Self.condition(arrival["condition"])
            let receipt = DCLReturn.Receipt(
                number: receiptNumber.take(), quantity: quantity, condition: condition, receivedAt: call.request.now)
            entry.add(receipt, of: item)
            if condition == "A" { items[item]?.onHand += quantity }
        }
        return keep(entry, now: call.request.now)
    }

    /// `{"lines":[{"sku","condition"}]}`: somebody looks at units that were received before.
    mutating func gradeReturn(_ call: Call) throws -> SimulatedResponse {
        var entry = try returnToChange(call)
        guard let grades = call.request.json["lines"].array, !grades.isEmpty else {
            throw Self.problem(422, "lines must name at least one SKU.")
        }
        for grade in grades {
            let item = try Self.sku(grade)
            guard let condition = try Self.condition(grade["condition"]) else {
                throw Self.problem(422, "condition must be A, B, C or D.")
            }
            let graded = entry.grade(item, condition)
            guard graded > 0 else { throw Self.problem(409, "Nothing ungraded of \(item) has been received.") }
            if condition == "A" { items[item]?.onHand += graded }
        }
        return keep(entry, now: call.request.now)
    }

    private func returnToChange(_ call: Call) throws -> DCLReturn {
        guard let entry = returns[call["number"]] else { throw Self.problem(404, "There is no RMA \(call["number"]).") }
        guard !entry.isCancelled else { throw Self.problem(409, "RMA \(entry.number) is cancelled.") }
        return entry
    }

    private mutating func keep(_ entry: DCLReturn, now: Date) -> SimulatedResponse {
        var entry = entry
        entry.modifiedAt = now
        returns[entry.number] = entry
        hint("return", return: entry.number, now: now)
        return .json(entry.json())
    }

    private static func sku(_ json: JSON) throws -> String {
        guard let sku = json["sku"].string ?? json["item_number"].string, !sku.isEmpty else {
            throw problem(422, "lines need a sku.")
        }
        return sku
    }

    private static func condition(_ json: JSON) throws -> String? {
        guard !json.isNull else { return nil }
        guard let condition = json.string, DCLReturn.conditions.contains(condition) else {
            throw problem(422, "condition must be A, B, C or D, or null.")
        }
        return condition
    }
}

extension DCLReturn {
    fileprivate mutating func add(_ receipt: Receipt, of item: String) {
        let open = lines.firstIndex { $0.item == item && $0.received < $0.quantity }
        if let index = open ?? lines.firstIndex(where: { $0.item == item }) {
            lines[index].receipts.append(receipt)
        } else {
            lines.append(Line(item: item, quantity: 0, fields: JSONObject(), receipts: [receipt]))
        }
    }

    /// Grades what is ungraded of an item; answers how many units that were.
    fileprivate mutating func grade(_ item: String, _ condition: String) -> Int {
        var graded = 0
        for line in lines.indices where lines[line].item == item {
            for index in lines[line].receipts.indices where lines[line].receipts[index].condition == nil {
                lines[line].receipts[index].condition = condition
                graded += lines[line].receipts[index].quantity
            }
        }
        return graded
    }
}
