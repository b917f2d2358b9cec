import Messaging

extension Endpoint {
    static func discardDeadLetter(_ verbs: DeadLetterVerbs) -> Endpoint {
        .post(
            "/dead-letters/{id}/discard", .deadLettersWrite,
            .verb("discardDeadLetter", "Closes the letter; its message is not processed", "DeadLetterWithMessage")
        ) { request in
            let reason = try request.decode(ReasonBody.self).checkedReason()
            return try await verbs.carryOut(request) { letter in
                (DiscardDeadLetter.name, try RawJSON(encoding: DiscardDeadLetter(id: letter.id, reason: reason)))
            }
        }
    }
}
