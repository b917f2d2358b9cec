import Messaging

extension Problem {
    /// The owner said no.
    /// - Parameter allowed: what is possible now; shown where the state is what stands in the way.
    init(_ refusal: Refusal, allowed: [String]) {
        switch refusal.code {
        case "not_found":
            self = .notFound
        case "not_allowed", "past_pivot", "not_holdable", "not_held", "not_open", "in_flight":
            self = Problem(409, refusal.code, refusal.message, allowed: allowed)
        default:
            self = Problem(422, refusal.code, refusal.message)
        }
    }
}
