import Foundation

/// Stock of one item number.
struct DCLItem: Sendable {
    var number: String
    var onHand = 500

    /// `net_available` may be negative: more is asked for than there is.
    func json(demand: Int) -> JSON {
        [
            "item_number": .string(number), "description": .string(number), "open_wo": 0, "open_po": 0, "open_rma": 0,
            "on_demand": .int(demand), "on_hand": .int(onHand), "on_hold": 0, "committed": 0,
            "available": .int(onHand), "in_process": 0, "net_available": .int(onHand - demand), "min_quantity": 0,
            "dcl_quantity": .int(onHand), "inventory_type": "ZFRC", "lots": nil,
        ]
    }
}

extension DCLSimulator {
    mutating func listItems(_ call: Call) throws -> SimulatedResponse {
        let wanted = call.request.query("item_numbers").map { Set($0.split(separator: ",").map(String.init)) }
        let page = try DCLPage(call.request, sizeMax: 500)
        let demand = orders.values.filter(\.isOpen).flatMap(\.lines).reduce(into: [String: Int]()) { demand, line in
            demand[line.item, default: 0] += line.open
        }
        let found = items.values.filter { wanted?.contains($0.number) != false }.sorted { $0.number < $1.number }
        let shown = page.slice(found).map { item in
            JSON.object((item.json(demand: demand[item.number] ?? 0).object ?? JSONObject()).selecting(page.fields))
        }
        return .dcl(JSONObject([("items", .array(shown))]))
    }
}
