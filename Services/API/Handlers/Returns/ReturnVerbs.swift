import Commerce
import Contracts
import Messaging
import Postgres
import Views

/// Opens returns and does something to the one a request names, in the caller's name.
struct ReturnVerbs: Sendable {
    let pool: PostgresPool
    let sender: CommandSender

    /// Answers with the return as it is then.
    ///
    /// Failure: 404; 409 with the verbs that are possible now; 422 with the field that is wrong; 503 without an answer.
    /// - Parameters:
    ///   - silence: what the caller is told while there is no answer yet.
    ///   - refusal: what an answer of the owner amounts to that did nothing.
    func carryOut<C: Command>(
        _ verb: ReturnVerb, _ request: APIRequest, orElse silence: String = CommandOutcome.passedOn,
        command: (ReturnRecord) throws -> C, refusal: (RawJSON) throws -> Refusal? = { _ in nil }
    ) async throws -> APIAnswer {
        let record = try await ReturnReader.record(request, pool)
        let outcome = try await sender.send(try command(record), subject: record.id.description, for: request)
        let now = try await ReturnReader.record(request, pool)
        let allowed = now.allowedVerbs(besides: verb)
        let answer = try outcome.answered(orElse: silence, allowed: allowed)
        if let refused = try refusal(answer) { throw Problem(refused, allowed: allowed) }
        return try ReturnAnswer(of: now).accepted
    }
}

extension Endpoint {
    static func returns(_ verbs: ReturnVerbs) -> [Endpoint] {
        [
            .createReturn(verbs), .listReturns(verbs.pool), .showReturn(verbs.pool), .explainReturn(verbs.pool),
            .showReturnLabel(verbs.pool),
            .receiveReturn(verbs), .inspectReturn(verbs), .reissueLabel(verbs),
        ] + decideReturn(verbs) + endReturn(verbs)
    }
}

extension ReturnRecord {
    /// - Parameter refused: a verb that was just refused.
    func allowedVerbs(besides refused: ReturnVerb) -> [String] {
        verbs.filter { $0 != refused }.map(\.rawValue)
    }

    /// Failure: 409 where the verb is not possible now.
    func require(_ verb: ReturnVerb) throws(Problem) {
        guard verbs.contains(verb) else {
            throw Problem(409, "not_allowed", refusal(of: verb), allowed: allowedVerbs(besides: verb))
        }
    }

    /// The saga that a verb is for, where the return's life cycle permits the verb. Failure: 409.
    func saga(for verb: ReturnVerb) throws(Problem) -> SagaID {
        try require(verb)
        guard let sagaID else {
            throw Problem(
                409, "not_allowed", "The return has no saga yet; try again in a moment.",
                allowed: allowedVerbs(besides: verb))
        }
        return sagaID
    }

    /// Failure: 409 for the return of a claim, which says where to turn instead.
    func requireOwnProcess(for verb: ReturnVerb) throws(Problem) {
        guard let warrantyID else { return }
        let advice =
            verb == .reopen
            ? "make a new claim with POST /warranties." : "use /warranties/\(warrantyID)/\(verb.rawValue)."
        throw Problem(409, "not_allowed", "The return brings in the goods of claim \(warrantyID): \(advice)")
    }

    private var verbs: [ReturnVerb] {
        ReturnVerb.allowed(in: status, goodsAreHere: receivedAt != nil, hasLabel: label?.isVoided == false)
    }

    private func refusal(of verb: ReturnVerb) -> String {
        if verb == .reissueLabel, status == .labelSent, receivedAt == nil {
            return "The return has no label of ours that could be used."
        }
        if verb == .cancel, receivedAt != nil {
            return "The goods are here: the return is approved or rejected, and not cancelled any more."
        }
        return "A return that is \(status.rawValue) takes no \(verb.rawValue)."
    }
}
