import Commerce
import Messaging
import Postgres

extension Endpoint {
    /// Asks the service that gave up on the message to take it again.
    static func requeueDeadLetter(_ pool: PostgresPool, _ sender: CommandSender) -> Endpoint {
        .post(
            "/dead-letters/{id}/requeue", .deadLettersWrite,
            .verb("requeueDeadLetter", "Sends the message back to its queue", "DeadLetterWithMessage")
        ) { request in
            let reason = try request.decode(ReasonBody.self).checkedReason()
            let (letter, _) = try await DeadLetterReader.letter(request, pool)
            let outcome = try await sender.send(
                named: RequeueDeadLetter.name, to: letter.service,
                data: RawJSON(encoding: RequeueDeadLetter(id: letter.id, reason: reason)),
                subject: letter.id.description, for: request)
            if case .refused(let refusal) = outcome { throw Problem(refusal, allowed: []) }
            let (now, message) = try await DeadLetterReader.letter(request, pool)
            return .accepted(now.json(with: message))
        }
    }
}
