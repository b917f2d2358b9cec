import Messaging

extension CommandOutcome {
    /// What the owner answered.
    /// - Parameters:
    ///   - silence: what the caller is told while there is no answer yet.
    ///   - allowed: what is possible now, where the state stands in the way.
    /// - Throws: the refusal as a problem; 503 without an answer.
    func answered(orElse silence: String, allowed: [String] = []) throws(Problem) -> RawJSON {
        switch self {
        case .accepted(let reply): return reply
        case .refused(let refusal): throw Problem(refusal, allowed: allowed)
        case .pending: throw Problem(503, "unavailable", silence)
        }
    }
}
