import Commerce
import Foundation

/// Decides inside one transaction; deliveries that wait for it share a transaction.
///
/// Throwing a ``Refusal`` rolls back what the handler wrote and becomes the reply. Any other error is tried again
/// later, then dead-lettered.
public protocol CommandHandler: Sendable {
    associatedtype Message: Command
    func handle(_ command: Message, in transaction: HandlerTransaction) async throws -> Message.Reply
}

/// Reacts to an event inside one transaction. The same event may come again under another message id.
public protocol EventHandler: Sendable {
    associatedtype Message: Event
    func handle(_ event: Message, in transaction: HandlerTransaction) async throws
}

/// One entry of a service's handler list: which message types, and what to do with them.
public struct MessageHandler: Sendable {
    enum Work: Sendable {
        /// Several deliveries, one transaction. One result per envelope, in order; `nil` where no reply is owed.
        /// `repeated` gets those whose effects are committed already.
        case batch(
            @Sendable ([Envelope], HandlerTransaction) async throws -> [CommandReply?],
            repeated: (@Sendable ([Envelope], HandlerTransaction) async throws -> Void)?)
        /// A handler that calls a provider: it runs its own transactions.
        case effect(@Sendable (Envelope, EffectRunner) async throws -> EffectResult)
    }

    /// A message type, or a topic pattern such as `webhook.shopify.#`.
    let pattern: String
    let isEvent: Bool
    /// Whether its transaction is confined to the message's workspace by row-level security.
    let scope: Scope
    let work: Work
    /// Handlers of messages that this one sends to itself.
    var companions: [MessageHandler] = []
    /// Whether its events are not to come any more.
    var isRetired = false

    public enum Scope: Sendable {
        case workspace
        case service
    }

    public static func command(_ handler: some CommandHandler) -> MessageHandler {
        one(handler, type(of: handler).messageName, isEvent: false) { handler, envelope, transaction in
            .accepted(try RawJSON(encoding: await handler.handle(envelope.data(), in: transaction)))
        }
    }

    public static func event(_ handler: some EventHandler) -> MessageHandler {
        one(handler, type(of: handler).messageType, isEvent: true) { handler, envelope, transaction in
            try await handler.handle(envelope.data(), in: transaction)
            return nil
        }
    }

    /// Every event whose type matches a topic pattern, unread.
    public static func events(
        matching pattern: String, _ body: @escaping @Sendable (Envelope, HandlerTransaction) async throws -> Void
    ) -> MessageHandler {
        one(body, pattern, isEvent: true) { body, envelope, transaction in
            try await body(envelope, transaction)
            return nil
        }
    }

    /// Events that this service has once handled and does not want any more.
    ///
    /// Takes the place of the handler that is removed: the broker keeps a binding until it is undone, and an event without
    /// a handler is taken for one that another build handles. The binding is undone at start; what comes all the same, from
    /// the queue or by a binding that an older build has made again, is dropped. May go with the release after.
    public static func retired(_ pattern: String) -> MessageHandler {
        var handler = one((), pattern, isEvent: false) { _, _, _ in nil }
        handler.isRetired = true
        return handler
    }

    public static func effect(_ handler: some EffectHandler) -> MessageHandler {
        MessageHandler(
            pattern: type(of: handler).messageName, isEvent: false, scope: .workspace,
            work: .effect { envelope, runner in
                try await LogContext(handling: envelope).run { try await runner.run(handler, envelope) }
            }, companions: [verification(of: handler)])
    }

    private static func verification<H: EffectHandler>(of handler: H) -> MessageHandler {
        MessageHandler(
            pattern: EffectVerification.messageName(of: H.self), isEvent: false, scope: .workspace,
            work: .effect { envelope, runner in
                try await LogContext(handling: envelope).run { try await runner.verify(handler, envelope) }
            })
    }

    /// A handler that takes whatever is waiting at once, across workspaces: the saga coordinator's.
    /// - Parameter repeated: is given the deliveries whose effects were committed before, in the same transaction and
    ///   first: it owes again what an earlier process may have died without publishing
    ///   (see ``HandlerTransaction/owe(_:)``). Their stored replies are sent again anyway.
    public static func batch(
        _ pattern: String, isEvent: Bool,
        repeated: (@Sendable ([Envelope], HandlerTransaction) async throws -> Void)? = nil,
        _ body: @escaping @Sendable ([Envelope], HandlerTransaction) async throws -> [CommandReply?]
    ) -> MessageHandler {
        MessageHandler(
            pattern: pattern, isEvent: isEvent, scope: .service, work: .batch(body, repeated: repeated))
    }

    private static func one<Handler: Sendable>(
        _ handler: Handler, _ pattern: String, isEvent: Bool,
        _ body: @escaping @Sendable (Handler, Envelope, HandlerTransaction) async throws -> CommandReply?
    ) -> MessageHandler {
        MessageHandler(
            pattern: pattern, isEvent: isEvent, scope: .workspace,
            work: .batch(
                { envelopes, transaction in
                    var replies: [CommandReply?] = []
                    replies.reserveCapacity(envelopes.count)
                    for envelope in envelopes {
                        let scoped = transaction.caused(by: envelope)
                        replies.append(
                            try await LogContext(handling: envelope).run { try await body(handler, envelope, scoped) })
                    }
                    return replies
                }, repeated: nil))
    }
}

extension CommandHandler {
    fileprivate static var messageName: String { Message.name }
}

extension EventHandler {
    fileprivate static var messageType: String { Message.type }
}

extension EffectHandler {
    static var messageName: String { Message.name }
}

/// Finds the handler of a message: by exact type first, then by topic pattern.
struct HandlerTable: Sendable {
    private let exact: [String: Int]
    private let patterns: [(pattern: TopicPattern, index: Int)]
    let handlers: [MessageHandler]

    init(_ handlers: [MessageHandler]) {
        self.handlers = handlers
        let indexed = handlers.enumerated()
        exact = Dictionary(indexed.map { ($0.element.pattern, $0.offset) }) { first, _ in first }
        patterns = indexed.filter { $0.element.pattern.contains { "#*".contains($0) } }
            .map { (TopicPattern($0.element.pattern), $0.offset) }
    }

    func index(of type: String) -> Int? {
        exact[type] ?? patterns.first { $0.pattern.matches(type) }?.index
    }
}

/// AMQP 0.9.1 topic matching: `*` is one word, `#` any number of them.
struct TopicPattern: Sendable {
    private let words: [Substring]

    init(_ text: String) {
        words = text.split(separator: ".", omittingEmptySubsequences: false)
    }

    func matches(_ key: String) -> Bool {
        Self.matches(words[...], key.split(separator: ".", omittingEmptySubsequences: false)[...])
    }

    private static func matches(_ pattern: ArraySlice<Substring>, _ key: ArraySlice<Substring>) -> Bool {
        guard let first = pattern.first else { return key.isEmpty }
        if first == "#" {
            return (key.startIndex...key.endIndex).contains { matches(pattern.dropFirst(), key[$0...]) }
        }
        guard let word = key.first, first == "*" || first == word else { return false }
        return matches(pattern.dropFirst(), key.dropFirst())
    }
}
