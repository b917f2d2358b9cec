import Foundation

/// Money on its way back.
struct StripeRefund: Sendable {
    enum Status: String, Sendable, CaseIterable {
        case pending, succeeded, failed, canceled
        case requiresAction = "requires_action"

        /// Whether its amount is gone from what can still be refunded.
        var counts: Bool { self != .failed && self != .canceled }
    }

    let id: String
    let charge: StripeCharge
    let amount: Int
    let createdAt: Date
    let reason: String?
    var metadata: JSONObject
    var status: Status
    var failureReason: String?

    func json() -> JSON {
        var object = JSONObject([
            ("id", .string(id)), ("object", "refund"), ("amount", .int(amount)),
            ("balance_transaction", status.counts ? .string("txn_\(id.dropFirst(3))") : .null),
            ("charge", .string(charge.id)), ("created", .int(Int(createdAt.timeIntervalSince1970))),
            ("currency", .string(charge.currency)), ("customer", nil),
            ("destination_details", ["card": ["type": status == .pending ? "pending" : "refund"], "type": "card"]),
            ("metadata", .object(metadata)), ("payment_intent", .string(charge.paymentIntentID)),
            ("payment_method", nil), ("reason", .text(reason)), ("receipt_number", nil),
            ("source_transfer_reversal", nil), ("status", .string(status.rawValue)), ("transfer_reversal", nil),
        ])
        if status == .failed {
            object["failure_reason"] = .string(failureReason ?? "unknown")
            object["failure_balance_transaction"] = .string("txn_f\(id.dropFirst(3))")
        }
        if status == .pending { object["pending_reason"] = "processing" }
        return .object(object)
    }
}
