import Foundation

/// A payment and what was given back of it.
struct StripeCharge: Sendable {
    let id: String
    let paymentIntentID: String
    let amount: Int
    let currency: String
    let createdAt: Date
    var isCaptured = true
    /// The status that its refunds begin with.
    var refundOutcome = "succeeded"
    var isDisputed = false
    /// Refunds that neither failed nor were cancelled.
    var refunded = 0
    var metadata = JSONObject()

    var unrefunded: Int { amount - refunded }

    func json() -> JSON {
        [
            "id": .string(id), "object": "charge", "amount": .int(amount),
            "amount_captured": .int(isCaptured ? amount : 0), "amount_refunded": .int(refunded),
            "captured": .bool(isCaptured), "created": .int(Int(createdAt.timeIntervalSince1970)),
            "currency": .string(currency), "disputed": .bool(isDisputed), "livemode": false,
            "metadata": .object(metadata), "paid": .bool(isCaptured), "payment_intent": .string(paymentIntentID),
            "refunded": .bool(refunded == amount), "status": "succeeded",
        ]
    }

    func paymentIntentJSON() -> JSON {
        [
            "id": .string(paymentIntentID), "object": "payment_intent", "amount": .int(amount),
            "amount_received": .int(isCaptured ? amount : 0), "currency": .string(currency),
            "latest_charge": .string(id), "livemode": false, "metadata": .object(metadata),
            "status": isCaptured ? "succeeded" : "requires_capture",
        ]
    }
}
