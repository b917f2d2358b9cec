import Foundation

/// Lists, page by page.
extension RechargeSimulator {
    // The provider's own bounds.
    private static let limitMax = 250
    private static let limitDefault = 50

    func listCustomers(_ call: Call) throws -> SimulatedResponse {
        let email = call.request.query("email")?.lowercased()
        let found = customers.filter { email == nil || $0.email.lowercased() == email }
        return try Self.page(found.map(Self.json), "customers", call)
    }

    func listSubscriptions(_ call: Call) throws -> SimulatedResponse {
        let query = try Self.filters(call, ["customer_id", "status", "address_id"])
        let found = subscriptionIDs.compactMap { subscriptions[$0] }.filter { subscription in
            (query["customer_id"].map { $0 == "\(subscription.customerID)" } ?? true)
                && (query["address_id"].map { $0 == "\(subscription.addressID)" } ?? true)
                && (query["status"].map { $0.lowercased() == subscription.status.rawValue } ?? true)
        }
        return try Self.page(
            found.map { json($0, isOld: Self.isOld(call.request)) }, "subscriptions", call, filters: query)
    }

    func listCharges(_ call: Call) throws -> SimulatedResponse {
        let query = try Self.filters(call, ["customer_id", "status", "scheduled_at_min", "scheduled_at_max"])
        let found = chargeIDs.compactMap { charges[$0] }.filter { charge in
            (query["customer_id"].map { $0 == "\(charge.customerID)" } ?? true)
                && (query["status"].map { $0 == charge.status.rawValue } ?? true)
                && (query["scheduled_at_min"].map { charge.scheduledAt >= $0 } ?? true)
                && (query["scheduled_at_max"].map { charge.scheduledAt <= $0 } ?? true)
        }
        return try Self.page(found.map { $0.json() }, "charges", call, filters: query)
    }

    /// The filters of the request, or those that its cursor stands for.
    private static func filters(_ call: Call, _ names: [String]) throws -> [String: String] {
        guard let cursor = call.request.query("cursor") else {
            return Dictionary(
                names.compactMap { name in call.request.query(name).map { (name, $0) } }, uniquingKeysWith: { $1 })
        }
        guard call.request.query.allSatisfy({ ["cursor", "limit"].contains($0.name) }) else {
            throw Refusal.recharge(field: "cursor", "With a cursor only cursor and limit may be sent.")
        }
        let parts = SimulatedRequest.parseQuery(try decoded(cursor))
        return Dictionary(parts.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }

    private static func decoded(_ cursor: String) throws -> String {
        guard let data = Data(base64Encoded: cursor), let text = String(data: data, encoding: .utf8) else {
            throw Refusal.recharge(field: "cursor", "Not a valid cursor.")
        }
        return text
    }

    private static func page(
        _ all: [JSON], _ name: String, _ call: Call, filters: [String: String] = [:]
    ) throws -> SimulatedResponse {
        let limit = call.request.query("limit").map { Int($0) ?? 0 } ?? limitDefault
        guard (1...limitMax).contains(limit) else {
            throw Refusal.recharge(field: "limit", "Must be between 1 and \(limitMax).")
        }
        let start = filters["offset"].flatMap { Int($0) } ?? 0
        let shown = all.dropFirst(start).prefix(limit)
        var next: String?
        if start + shown.count < all.count {
            let kept = filters.filter { $0.key != "offset" }.sorted { $0.key < $1.key }
            let pairs = kept.map { "\($0.key)=\(PercentEncoding.encode($0.value))" } + ["offset=\(start + shown.count)"]
            next = Data(pairs.joined(separator: "&").utf8).base64EncodedString()
        }
        return .json(
            .object(
                JSONObject([(name, .array(Array(shown))), ("next_cursor", .text(next)), ("previous_cursor", nil)])))
    }
}
