import Messaging

extension Endpoint {
    static func requeueDeadLetter(_ verbs: DeadLetterVerbs) -> Endpoint {
        .post(
            "/dead-letters/{id}/requeue", .deadLettersWrite,
            .verb("requeueDeadLetter", "Sends the message back to its queue", "DeadLetterWithMessage")
        ) { request in
            let reason = try request.decode(ReasonBody.self).checkedReason()
            return try await verbs.carryOut(request) { letter in
                (RequeueDeadLetter.name, try RawJSON(encoding: RequeueDeadLetter(id: letter.id, reason: reason)))
            }
        }
    }
}
