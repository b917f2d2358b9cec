import Messaging

extension CommandOutcome {
    /// What is said of a verb whose owner has not answered: it is carried out later, and nobody has seen it done.
    static let passedOn =
        "The request was passed on and not answered yet; it is carried out once its owner is there again. Look again."

    /// What the owner answered.
    ///
    /// WHY: 503, and not the thing as it was before with 202: who has asked would take it for done, and under an
    /// `Idempotency-Key` a kept 202 would hide a refusal that comes later.
    /// - Parameters:
    ///   - silence: what the caller is told while there is no answer yet.
    ///   - allowed: what is possible now, where the state stands in the way.
    /// - Throws: the refusal as a problem; 503 without an answer.
    func answered(orElse silence: String = Self.passedOn, allowed: [String] = []) throws(Problem) -> RawJSON {
        switch self {
        case .accepted(let reply): return reply
        case .refused(let refusal): throw Problem(refusal, allowed: allowed)
        case .pending: throw Problem(503, "unavailable", silence)
        }
    }
}
