import Commerce
import Contracts
import Postgres

extension Endpoint {
    /// One endpoint for each verb.
    static func operateSaga(_ verbs: SagaVerbs) -> [Endpoint] {
        OperateSaga.Verb.allCases.map { verb in
            .post(
                "/sagas/{id}/\(verb.rawValue)", .sagasWrite,
                .verb(
                    "\(verb.rawValue)Saga", verb.summary, body: verb == .signal ? "SagaSignal" : "Reason", "Saga")
            ) { request in
                try await verbs.carryOut(verb, request)
            }
        }
    }
}

/// Does what an operator asks for to the saga a request names, and answers with the saga as it is then.
struct SagaVerbs: Sendable {
    let pool: PostgresPool
    let sender: CommandSender

    private struct Body: Decodable {
        var reason: String
        var name: String?
        var data: JSON?
    }

    /// Failure: 404; 409 with the verbs that are possible now; 422.
    func carryOut(_ verb: OperateSaga.Verb, _ request: APIRequest) async throws -> APIAnswer {
        let body = try request.decode(Body.self)
        let command = OperateSaga(
            sagaID: try await SagaReader.saga(request, pool).id, verb: verb,
            reason: try ReasonBody.checked(body.reason), signal: verb == .signal ? try signal(body) : nil)
        let outcome = try await sender.send(command, subject: command.sagaID.description, for: request)
        let now = try await SagaReader.saga(request, pool)
        if case .refused(let refusal) = outcome { throw Problem(refusal, allowed: now.allowedVerbs) }
        return .accepted(now.json)
    }

    private func signal(_ body: Body) throws(Problem) -> OperateSaga.Signal {
        guard let name = body.name, !name.isEmpty else {
            throw .invalid("name", "Name the event that the saga waits for.")
        }
        let data = body.data ?? [:]
        guard data.isObject else { throw .invalid("data", "It must be an object.") }
        return .init(name: name, data: data.text)
    }
}

extension OperateSaga.Verb {
    fileprivate var summary: String {
        switch self {
        case .retry: "Tries again what the saga is stuck on"
        case .cancel: "Undoes what the saga did and ends it"
        case .restart: "Runs the saga again from the beginning with the same input"
        case .signal: "Gives the saga an event it waits for"
        }
    }
}
