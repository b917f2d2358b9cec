import Messaging

extension MessageFactory {
    /// An event whose name is only known when it happens: its routing key is its name.
    func event(
        named name: String, data: RawJSON, subject: String?, context: MessageContext
    ) throws -> OutgoingMessage {
        var message = try command(name: name, owner: source, data: data, subject: subject, context: context)
        message.exchange = Topology.events
        message.routingKey = name
        return message
    }
}
