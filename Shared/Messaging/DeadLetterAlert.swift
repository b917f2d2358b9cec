import Commerce

/// Tells people of a message that was given up on.
///
/// The command is `SendSlackAlert` of `notifications`, by its name: what services say to each other lies above this
/// module. Many alerts of one key are one message there.
struct DeadLetterAlert: Encodable {
    static let command = "SendSlackAlert"

    struct Alert: Encodable {
        var key: String
        var title: String
        var text: String
        var fields: [String: String]
        var next: [String]
    }

    var alert: Alert

    /// Nil for an alert, which must not lead to the next, and for what may be one and does not say so.
    init?(_ letter: DeadLetter) {
        let type = letter.envelope?.attributes.type
        guard type != Self.command, !letter.isBare else { return nil }
        alert = Alert(
            key: "dead_letter/\(letter.queue)/\(letter.reason)", title: "A message was given up on",
            text: "It waits among the dead letters: requeue it once its cause is mended.",
            fields: [
                "dead_letter": letter.id.description, "queue": letter.queue, "type": type ?? "no envelope",
                "reason": letter.reason,
            ],
            next: ["stateset dead-letters show \(letter.id)", "stateset dead-letters requeue \(letter.id)"])
    }

    func message(for letter: DeadLetter, _ factory: MessageFactory, _ context: MessageContext) throws -> OutgoingMessage
    {
        try factory.command(
            name: Self.command, owner: .notifications, data: RawJSON(encoding: self), subject: letter.id.description,
            context: context)
    }
}
