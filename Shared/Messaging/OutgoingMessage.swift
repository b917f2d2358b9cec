import AMQP
import Commerce
import Foundation

/// A message on its way to the broker: where to, and what.
public struct OutgoingMessage: Sendable {
    public var exchange: String
    public var routingKey: String
    public var envelope: Envelope

    /// The key of its outbox row, not of the message: a message put off twice is owed twice.
    let rowID = UUIDv7.make()

    public init(exchange: String, routingKey: String, envelope: Envelope) {
        self.exchange = exchange
        self.routingKey = routingKey
        self.envelope = envelope
    }

    /// The same command on the queue that does not wait behind what sagas and schedules send: for one that somebody
    /// waits for, and not for many at once, or they would wait for each other.
    public func interactive(to owner: ServiceName) -> OutgoingMessage {
        var message = self
        message.routingKey = Topology.interactiveQueue(owner)
        return message
    }

    /// As the broker takes it.
    package var amqp: AMQPMessage {
        Self.amqp(exchange: exchange, routingKey: routingKey, envelope: envelope)
    }

    static func amqp(exchange: String, routingKey: String, envelope: Envelope) -> AMQPMessage {
        AMQPMessage(
            exchange: exchange,
            routingKey: routingKey,
            body: envelope.body,
            messageID: envelope.attributes.id,
            correlationID: envelope.attributes.correlationid,
            type: envelope.attributes.type
        )
    }
}

/// Makes messages: one clock, one source, and what they inherit from their cause.
public struct MessageFactory: Sendable {
    public let source: ServiceName
    public let clock: any WallClock

    public init(source: ServiceName, clock: any WallClock) {
        self.source = source
        self.clock = clock
    }

    public func event<E: Event>(_ event: E, subject: String?, context: MessageContext) throws -> OutgoingMessage {
        try message(
            E.type, subject: subject, context: context, exchange: Topology.events, routingKey: E.type,
            data: .init(encoding: event))
    }

    public func command<C: Command>(_ command: C, subject: String?, context: MessageContext) throws -> OutgoingMessage {
        try self.command(
            name: C.name, owner: C.owner, data: .init(encoding: command), subject: subject, context: context)
    }

    /// A command known only by name and JSON: an undo as stored, a step sent again.
    /// - Parameters:
    ///   - saga: the step that waits for the reply, if any.
    ///   - id: the message id where one intent must have one id however often it is sent; a new one otherwise.
    public func command(
        name: String, owner: ServiceName, data: RawJSON, subject: String?, context: MessageContext,
        saga: SagaAddress? = nil, id: String? = nil
    ) throws -> OutgoingMessage {
        try message(
            name, subject: subject, context: context, exchange: Topology.commands, routingKey: owner.rawValue,
            data: data, saga: saga, id: id)
    }

    /// An event known only by its type and JSON.
    public func event(
        type: String, data: RawJSON, subject: String?, context: MessageContext
    ) throws -> OutgoingMessage {
        try message(
            type, subject: subject, context: context, exchange: Topology.events, routingKey: type, data: data)
    }

    /// The answer to a step of a saga, from whoever answers for what it asked: a child's end, not a delivery's.
    public func reply(
        _ reply: CommandReply, to saga: SagaAddress, subject: String?, context: MessageContext
    ) throws -> OutgoingMessage {
        try message(
            CommandReply.type, subject: subject, context: context, exchange: Topology.replies,
            routingKey: ServiceName.sagaCoordinator.rawValue, data: .init(encoding: reply.body), saga: saga)
    }

    func reply(_ reply: CommandReply, to envelope: Envelope, saga: SagaAddress) throws -> OutgoingMessage {
        try sagaMessage(CommandReply.type, reply.json, cause: envelope, saga: saga)
    }

    func sagaMessage(_ type: String, _ data: RawJSON, cause: Envelope, saga: SagaAddress) throws -> OutgoingMessage {
        try message(
            type, subject: cause.attributes.subject, context: .init(causedBy: cause), exchange: Topology.replies,
            routingKey: ServiceName.sagaCoordinator.rawValue, data: data, saga: saga)
    }

    private func message(
        _ type: String, subject: String?, context: MessageContext, exchange: String, routingKey: String,
        data: RawJSON, saga: SagaAddress? = nil, id: String? = nil
    ) throws -> OutgoingMessage {
        let id = id ?? UUIDv7.make().canonicalText
        var attributes = Envelope.Attributes(
            id: id, type: type, source: source.rawValue, workspaceid: context.workspaceID)
        attributes.subject = subject
        attributes.time = clock.now
        attributes.correlationid = context.correlationID ?? id
        attributes.causationid = context.causationID
        attributes.traceparent = context.traceparent ?? TraceParent().description
        attributes.actor = context.actor
        saga?.write(to: &attributes)
        return OutgoingMessage(
            exchange: exchange, routingKey: routingKey, envelope: Envelope(attributes, data: data))
    }
}
