import Foundation

/// Reading and cancelling orders.
extension DCLSimulator {
    mutating func listOrders(_ call: Call) throws -> SimulatedResponse {
        let filter = try DCLOrderFilter(call.request)
        let found = (filter.numbers ?? orderNumbers).compactMap { orders[$0] }.filter(filter.admits)
        let page = try DCLPage(call.request, sizeMax: 100)
        let extended = call.request.query("extended_date") == "true"
        let shown = page.slice(found).map { order in
            JSON.object((order.json(extended: extended).object ?? JSONObject()).selecting(page.fields))
        }
        return .dcl(JSONObject([("orders", .array(shown))]))
    }

    mutating func cancelOrder(_ call: Call) throws -> SimulatedResponse {
        let account = try Self.checked { () throws(DCLError) in
            try DCLFields(object: call.request.json.object ?? JSONObject()).required("account_number", max: 10)
        }
        guard account == settings.accountNumber, var order = orders[call["number"]] else {
            throw DCLError(code: 404, message: "Order '\(call["number"])' was not found.").refusal(status: 404)
        }
        if order.stage == .cancelled { return .dcl() }
        guard order.stage.canBeCancelled else {
            let stage = "\(order.stage.rawValue) (\(order.stage.description))"
            let text = "Order \(order.number) is at stage \(stage) and cannot be cancelled."
            throw DCLError(code: 409, message: text).refusal(status: 200)
        }
        order.stage = .cancelled
        order.modifiedAt = call.request.now
        orders[order.number] = order
        return .dcl()
    }

    /// Turns a field error into the 400 that tells it.
    static func checked<T>(_ body: () throws(DCLError) -> T) throws -> T {
        do { return try body() } catch { throw error.refusal() }
    }
}

/// `page`, `page_size` and `fields` of the lists.
struct DCLPage: Sendable {
    let page: Int
    let size: Int
    let fields: [String]?

    init(_ request: SimulatedRequest, sizeMax: Int) throws {
        page = try Self.number(request, "page") ?? 1
        size = min(try Self.number(request, "page_size") ?? sizeMax, sizeMax)
        fields = request.query("fields")?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    func slice<Element>(_ all: [Element]) -> ArraySlice<Element> {
        let start = min((page - 1) * size, all.count)
        return all[start..<min(start + size, all.count)]
    }

    private static func number(_ request: SimulatedRequest, _ name: String) throws -> Int? {
        guard let text = request.query(name) else { return nil }
        guard let number = Int(text), number > 0 else {
            throw DCLError.invalid(name, "a positive whole number is expected").refusal()
        }
        return number
    }
}
