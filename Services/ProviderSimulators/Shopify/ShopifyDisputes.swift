import Foundation

/// Banks take payments into dispute and decide.
extension ShopifySimulator {
    mutating func disputeOrder(_ call: Call) throws -> SimulatedResponse {
        var order = try order(call.id("id"))
        let body = call.request.json
        let dispute: JSON = [
            "id": .int(ids.dispute.take()), "order_id": .int(order.id),
            "type": .string(body["type"].string ?? "chargeback"), "currency": .string(order.money.currency),
            "amount": order.money.json(body["amount"].decimal ?? order.captured),
            "reason": .string(body["reason"].string ?? "fraudulent"), "network_reason_code": "4837",
            "status": "needs_response", "initiated_at": ShopifyOrder.moment(call.request.now),
            "evidence_due_by": nil, "evidence_sent_on": nil, "finalized_on": nil,
        ]
        order.disputes.append(dispute)
        save(order, now: call.request.now)
        announce([("disputes/create", dispute)], now: call.request.now)
        return .json(dispute, status: 201)
    }

    /// `won`, `lost` and `accepted` end a dispute; `under_review` goes on.
    mutating func decideDispute(_ call: Call) throws -> SimulatedResponse {
        let verdicts = ["won", "lost", "accepted", "under_review"]
        guard verdicts.contains(call["verdict"]) else {
            throw Refusal(response: .problem(404, "A dispute is decided as \(verdicts.joined(separator: ", "))."))
        }
        let found = orderIDs.compactMap { orders[$0] }.first { order in
            order.disputes.contains { $0["id"].int == call.id("id") }
        }
        guard var order = found, let index = order.disputes.firstIndex(where: { $0["id"].int == call.id("id") }) else {
            throw Refusal(response: .problem(404, "There is no dispute \(call["id"])."))
        }
        var dispute = order.disputes[index].object ?? JSONObject()
        dispute["status"] = .string(call["verdict"])
        if call["verdict"] != "under_review" { dispute["finalized_on"] = ShopifyOrder.moment(call.request.now) }
        order.disputes[index] = .object(dispute)
        save(order, now: call.request.now)
        announce([("disputes/update", .object(dispute))], now: call.request.now)
        return .json(.object(dispute))
    }
}
