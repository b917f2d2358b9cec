import Foundation

/// Return authorizations: what of an order may come back.
extension NetSuiteSimulator {
    mutating func authorizeReturn(_ source: NetSuiteTransaction, _ call: Call) throws -> SimulatedResponse {
        let body = try body(call, .returnAuthorization)
        let external = try unusedExternalID(body, .returnAuthorization)
        let wanted = try wantedLines(body["item"], of: source, .returnAuthorization, call.request)
        let isWhole = !Self.replacesItems(call.request)
        let lines = try source.lines.compactMap { line in
            try returned(line, wanted[line.number], of: source, isWhole: isWhole)
        }
        guard !lines.isEmpty else {
            throw Refusal.user("You must have at least one valid line item for this transaction.", path: "item")
        }
        let id = addTransaction(
            .returnAuthorization, external: external, status: try Self.returnStatus(body["orderStatus"]), fields: body,
            lines: lines, entity: source.fields["entity"].flatMap(Self.reference), from: source.id,
            now: call.request.now)
        return created(.returnAuthorization, id, call.request)
    }

    /// The units of an order's line that the authorization covers; lines the body leaves out come in full.
    private func returned(
        _ line: NetSuiteTransaction.Line, _ wanted: JSONObject?, of source: NetSuiteTransaction, isWhole: Bool
    ) throws -> NetSuiteTransaction.Line? {
        guard wanted != nil || isWhole else { return nil }
        let left = line.fulfilled - authorized(line.number, of: source.id)
        guard let quantity = wanted?["quantity"].map({ $0.decimal ?? 0 }) ?? (left > 0 ? left : nil) else { return nil }
        guard quantity > 0, quantity <= left else {
            throw Refusal.invalidValue(quantity.description, path: "item.items.quantity")
        }
        var returned = line.taking(quantity)
        (returned.taken, returned.fulfilled, returned.billed, returned.isClosed) = (0, 0, 0, false)
        return returned
    }

    /// Units of an order's line in authorizations; of a closed line only what was received.
    private func authorized(_ number: Int, of source: Int) -> Decimal {
        documentIDs[source, default: []].compactMap { transactions[$0] }.filter { $0.type == .returnAuthorization }
            .flatMap(\.lines).filter { $0.orderLine == number }
            .reduce(0) { $0 + ($1.isClosed ? $1.fulfilled : $1.quantity) }
    }

    private static func returnStatus(_ json: JSON?) throws -> String {
        guard let json, !json.isNull else { return "B" }
        return try orderStatus(json)
    }
}
