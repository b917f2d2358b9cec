import Messaging

extension Endpoint {
    /// `data` replaces what the message says; `message` replaces a message that is no envelope.
    static func editDeadLetter(_ verbs: DeadLetterVerbs) -> Endpoint {
        .post(
            "/dead-letters/{id}/edit", .deadLettersWrite,
            .verb(
                "editDeadLetter", "Corrects the message and sends it back to its queue", body: "DeadLetterEdit",
                "DeadLetterWithMessage")
        ) { request in
            let edit = try request.decode(DeadLetterEdit.self).checked()
            return try await verbs.carryOut(request) { letter in
                let command = EditDeadLetter(
                    id: letter.id, reason: edit.reason, data: edit.data?.text, message: edit.message?.text)
                return (EditDeadLetter.name, try RawJSON(encoding: command))
            }
        }
    }
}

private struct DeadLetterEdit: Decodable {
    var reason: String
    var data: JSON?
    var message: JSON?

    /// Failure: 422.
    func checked() throws(Problem) -> DeadLetterEdit {
        _ = try ReasonBody.checked(reason)
        switch (data, message) {
        case (let data?, nil):
            guard data.isObject else { throw .invalid("data", "It must be an object.") }
        case (nil, let message?):
            guard message.isObject else { throw .invalid("message", "It must be an object: the whole envelope.") }
        case (nil, nil):
            throw .invalid("data", "Give the corrected data; of a message that is no envelope, the whole message.")
        case (_?, _?):
            throw .invalid("message", "Give either data or message, not both.")
        }
        return self
    }
}
