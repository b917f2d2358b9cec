import Messaging

extension Problem {
    /// The owner said no.
    /// - Parameter allowed: what is possible now; shown where the state is what stands in the way.
    init(_ refusal: Refusal, allowed: [String]) {
        switch refusal.code {
        case "not_found":
            self = .notFound
        case "not_allowed", "past_pivot", "not_holdable", "not_held", "not_open", "in_flight", "outstanding",
            "not_inspected", "exchange_stands":
            self = Problem(409, refusal.code, refusal.message, field: refusal.field, allowed: allowed)
        case "exists", "nothing_refundable", "already_returned", "payments_unknown", "already_claimed",
            "already_registered", "lines_settled":
            self = Problem(409, refusal.code, refusal.message, field: refusal.field)
        case "precondition_failed":
            self = Problem(412, refusal.code, refusal.message, field: "If-Match")
        default:
            self = Problem(422, refusal.code, refusal.message, field: refusal.field ?? Self.fields[refusal.code])
        }
    }

    /// Which member of the request a refusal is about.
    private static let fields = [
        "bad_result": "result", "bad_signal": "data", "unknown_step": "path", "bad_history": "history",
        "bad_message": "message", "bad_data": "data", "bad_amount": "amount", "bad_quantity": "lines",
        "unknown_line": "lines", "bad_refund": "lines", "bad_percentage": "lines", "bad_name": "lines",
        "unknown_grade": "lines",
    ]
}
