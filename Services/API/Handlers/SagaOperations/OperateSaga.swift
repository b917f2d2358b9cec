import Commerce
import Contracts
import Messaging
import Postgres

extension Endpoint {
    /// One endpoint for each verb.
    static func operateSaga(_ verbs: SagaVerbs) -> [Endpoint] {
        OperateSaga.Verb.allCases.map { verb in
            .post(
                "/sagas/{id}/\(verb.rawValue)", .sagasWrite,
                .verb("\(verb.operationName)Saga", verb.summary, body: verb.bodySchema, "OperatedSaga")
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

    /// Without the coordinator's answer it is the saga as it is, with the verb as `pending_verb`.
    ///
    /// Failure: 404; 409 with the verbs that are possible now; 422 with the member that does not fit.
    func carryOut(_ verb: OperateSaga.Verb, _ request: APIRequest) async throws -> APIAnswer {
        let body = try request.decode(SagaVerbBody.self)
        let command = try body.command(verb, for: try await SagaReader.saga(request, pool).id)
        let outcome = try await sender.send(command, subject: command.sagaID.description, for: request)
        let now = try await SagaReader.saga(request, pool)
        let detail = now.detail(asOf: sender.outbox.clock.now)
        switch outcome {
        case .accepted: return .accepted(detail)
        case .refused(let refusal): throw Problem(refusal, allowed: now.allowedVerbs)
        case .pending: return .pending(detail.adding(["pending_verb": .string(verb.rawValue)]))
        }
    }
}

extension OperateSaga.Verb {
    /// For operation ids, which are identifiers in the code made from them.
    var operationName: String { self == .fireTimer ? "fireTimerOf" : rawValue }

    var bodySchema: String {
        switch self {
        case .signal: "SagaSignal"
        case .skip: "SagaSkip"
        case .fireTimer: "SagaFireTimer"
        case .pause, .resume, .retry, .cancel, .terminate, .restart: "Reason"
        }
    }

    var summary: String {
        switch self {
        case .pause: "Holds the saga; due times freeze"
        case .resume: "Lets a paused saga go on; due times move by as long as it was paused"
        case .retry: "Tries again what the saga is stuck on"
        case .skip: "Goes on as if a step had answered, a wait had ended or a timer had fired"
        case .signal: "Gives the saga an event it waits for"
        case .fireTimer: "Ends a sleep, or the time limit of a wait, at once"
        case .cancel: "Undoes what the saga did and ends it"
        case .terminate: "Ends the saga and undoes nothing"
        case .restart: "Runs the saga again from the beginning with the same input"
        }
    }
}
