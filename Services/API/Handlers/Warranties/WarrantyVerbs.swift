import Commerce
import Contracts
import Messaging
import Postgres
import Views

/// Opens claims and does something to the one a request names, in the caller's name.
struct WarrantyVerbs: Sendable {
    let pool: PostgresPool
    let sender: CommandSender

    /// Answers with the claim as it is then.
    ///
    /// Failure: 404; 409 with the verbs that are possible now; 422 with the field that is wrong; 503 without an answer.
    func carryOut<C: Command>(
        _ verb: WarrantyVerb, _ request: APIRequest, command: (WarrantyRecord) throws -> C
    ) async throws -> APIAnswer {
        let claim = try await record(request)
        let outcome = try await sender.send(try command(claim), subject: claim.id.description, for: request)
        let now = try await record(request)
        _ = try outcome.answered(allowed: now.allowedVerbs(besides: verb))
        return .accepted(try JSON(encoding: now))
    }

    /// The claim that the path names. Failure: 404.
    func record(_ request: APIRequest) async throws -> WarrantyRecord {
        let id = try request.id(WarrantyID.self)
        guard let record = try await WarrantyReader.find(id, in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return record
    }
}

extension Endpoint {
    static func warranties(_ verbs: WarrantyVerbs) -> [Endpoint] {
        [
            .createWarranty(verbs), .listWarranties(verbs.pool), .showWarranty(verbs), .inspectWarranty(verbs),
            .repairWarranty(verbs), .cancelWarranty(verbs),
        ] + decideWarranty(verbs)
    }
}

extension WarrantyRecord {
    /// - Parameter refused: a verb that was just refused.
    func allowedVerbs(besides refused: WarrantyVerb) -> [String] {
        WarrantyVerb.allowed(in: status).filter { $0 != refused }.map(\.rawValue)
    }

    /// Failure: 409 where the claim's life cycle does not permit the verb now.
    func require(_ verb: WarrantyVerb) throws(Problem) {
        guard !WarrantyVerb.allowed(in: status).contains(verb) else { return }
        let code = verb == .cancel && status.hasHelped ? "past_pivot" : "not_allowed"
        throw Problem(
            409, code, "A claim that is \(status.rawValue) takes no \(verb.rawValue).",
            allowed: allowedVerbs(besides: verb))
    }
}

extension WarrantyStatus {
    /// Whether something was done that nothing takes back.
    fileprivate var hasHelped: Bool {
        switch self {
        case .repaired, .replaced, .refundPending, .refunded, .closed: true
        case .requested, .coverageCheck, .inReview, .approved, .labelSent, .inTransit, .received, .inspected,
            .inRepair, .rejected, .cancelled, .expired:
            false
        }
    }
}
