import Foundation

/// A subscription and the period that is paid.
struct StripeSubscription: Sendable {
    let id: String
    let customer: String
    let createdAt: Date
    let periodEnd: Date
    var status = "active"
    var endsWithPeriod = false
    var cancelledAt: Date?
    var endedAt: Date?
    var comment: String?
    var feedback: String?
    var metadata = JSONObject()

    var isEnded: Bool { status == "canceled" }

    func json() -> JSON {
        func seconds(_ date: Date?) -> JSON { date.map { .int(Int($0.timeIntervalSince1970)) } ?? .null }
        return [
            "id": .string(id), "object": "subscription", "cancel_at": endsWithPeriod ? seconds(periodEnd) : .null,
            "cancel_at_period_end": .bool(endsWithPeriod), "canceled_at": seconds(cancelledAt),
            "cancellation_details": [
                "comment": .text(comment), "feedback": .text(feedback),
                "reason": cancelledAt == nil ? .null : "cancellation_requested",
            ],
            "created": seconds(createdAt), "customer": .string(customer), "ended_at": seconds(endedAt),
            "livemode": false, "metadata": .object(metadata), "status": .string(status),
            "items": [
                "object": "list",
                "data": [["id": .string("si_\(id.dropFirst(4))"), "current_period_end": seconds(periodEnd)]],
                "has_more": false,
            ],
        ]
    }
}
