import Foundation

/// `POST /batches`: the only way in for orders.
extension DCLSimulator {
    // The provider's own bound.
    private static let ordersMax = 1000
    private static let locations: Set<String> = ["FR", "LA", "LN", "YK", "EX", "EU"]

    mutating func submitBatch(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        guard let allowPartial = body["allow_partial"].bool else { throw DCLError.required("allow_partial").refusal() }
        guard let entries = body["orders"].array, !entries.isEmpty else { throw DCLError.required("orders").refusal() }
        guard entries.count <= Self.ordersMax else {
            throw DCLError.invalid("orders", "at most \(Self.ordersMax) orders are allowed").refusal()
        }
        let location = try Self.location(body["location"])
        let (accepted, statuses) = judge(entries, location: location, now: call.request.now)
        if accepted.count < entries.count, !allowPartial { throw Self.rejected(statuses) }
        for order in accepted { enter(order) }
        var response = SimulatedResponse.dcl(
            JSONObject([
                ("batch_number", .string(nextBatchNumber(call.request.now))), ("order_statuses", .array(statuses)),
            ]), status: 201)
        response.applied = !accepted.isEmpty
        return response
    }

    private func judge(_ entries: [JSON], location: String, now: Date) -> ([DCLOrder], [JSON]) {
        var accepted: [DCLOrder] = []
        var numbers: Set<String> = []
        let statuses = entries.map { entry -> JSON in
            var status = JSONObject([("order_number", .text(entry["order_number"].scalarText))])
            do throws(DCLError) {
                let order = try accept(entry, location: location, batch: numbers, now: now)
                accepted.append(order)
                numbers.insert(order.number)
                status = status.merging(JSONObject([("error_code", 0), ("error_message", "")]))
            } catch {
                status = status.merging(error.members)
            }
            return .object(status)
        }
        return (accepted, statuses)
    }

    /// One bad order rejects the whole batch.
    private static func rejected(_ statuses: [JSON]) -> Refusal {
        let first = statuses.first { $0["error_code"].int != 0 }
        let error = DCLError(
            code: first?["error_code"].int ?? 1000, message: first?["error_message"].string ?? "The batch was rejected."
        )
        var members = error.members
        members["order_statuses"] = .array(statuses)
        return Refusal(response: .json(.object(members), status: 400))
    }

    private static func location(_ json: JSON) throws -> String {
        guard !json.isNull else { return "FR" }
        guard let location = json.string, locations.contains(location) else {
            throw DCLError.invalid("location", "one of \(locations.sorted().joined(separator: ", ")) is expected")
                .refusal()
        }
        return location
    }

    private mutating func enter(_ order: DCLOrder) {
        orders[order.number] = order
        orderNumbers.append(order.number)
        planShipping(of: order)
    }

    private mutating func nextBatchNumber(_ now: Date) -> String {
        let day = Timestamps.day(now, in: DCLOrder.zone).replacing("-", with: "")
        let number = String(batchNumber.take())
        return "\(day)-\(String(repeating: "0", count: max(0, 4 - number.count)))\(number)"
    }
}
