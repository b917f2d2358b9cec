import Commerce
import Foundation
import Postgres
import Synchronization

/// The transaction a handler works in: its rows and what the commit owes to the broker are one.
///
/// There is no other way to publish from a handler: a message exists exactly if the rows that cause it do.
public struct HandlerTransaction: Sendable {
    public let database: PostgresTransaction
    public let context: MessageContext
    /// Business time.
    public let now: Date
    let factory: MessageFactory
    let outgoing: OutgoingBuffer

    public var workspaceID: WorkspaceID { context.workspaceID }

    public func publish<E: Event>(_ event: E, subject: String? = nil) throws {
        outgoing.append(try factory.event(event, subject: subject, context: context))
    }

    public func send<C: Command>(_ command: C, subject: String? = nil) throws {
        outgoing.append(try factory.command(command, subject: subject, context: context))
    }

    /// Owes a message through a row of the outbox.
    public func send(_ message: OutgoingMessage) {
        outgoing.append(message)
    }

    /// Owes a message without a row: it is published and confirmed before the delivery at hand is acknowledged.
    ///
    /// *Guarantees*: none is lost as long as the handler owes the same message (same id) again when the delivery comes
    /// again, which it is told of by `repeated` of ``MessageHandler/batch(_:isEvent:repeated:_:)``. A message that the
    /// broker takes from nobody (no queue for it) becomes a row of the outbox. Outside of a delivery it is a row from
    /// the start.
    public func owe(_ message: OutgoingMessage) {
        outgoing.appendDirect(message)
    }

    /// Sends a command to its owner at `dueAt`.
    public func schedule<C: Command>(_ command: C, at dueAt: Date, subject: String? = nil) async throws {
        let message = try factory.command(command, subject: subject, context: context)
        try await TimerStore.insert([TimerRow(message, dueAt: dueAt)], in: database)
    }

    /// Makes messages by hand: commands known only by name, for another cause.
    public var messages: MessageFactory { factory }

    /// The same transaction, in the name of another message of the batch.
    public func caused(by envelope: Envelope) -> HandlerTransaction {
        with(MessageContext(causedBy: envelope))
    }

    public func with(_ context: MessageContext) -> HandlerTransaction {
        HandlerTransaction(database: database, context: context, now: now, factory: factory, outgoing: outgoing)
    }

    /// Runs `work` once the transaction is known to be committed; never when that is unknown.
    public func afterCommit(_ work: @escaping @Sendable () -> Void) {
        outgoing.afterCommit(work)
    }

    /// Appends to the audit log, in the same commit as what it tells of.
    public func audit(_ entry: AuditEntry) async throws {
        try await AuditLog.append(entry, actor: context.actor, workspaceID: workspaceID, at: now, in: database)
    }
}

/// What a transaction will owe to the broker when it commits.
final class OutgoingBuffer: Sendable {
    private let debt = Mutex(Debt())
    private let followUps = Mutex<[@Sendable () -> Void]>([])
    /// Whether a delivery waits for the commit, and comes again should the process die before it is acknowledged.
    private let isDelivery: Bool

    init(isDelivery: Bool) {
        self.isDelivery = isDelivery
    }

    func append(_ message: OutgoingMessage) {
        debt.withLock { $0.rows.append(message) }
    }

    func appendDirect(_ message: OutgoingMessage) {
        debt.withLock { isDelivery ? $0.direct.append(message) : $0.rows.append(message) }
    }

    func all() -> Debt {
        debt.withLock { $0 }
    }

    func afterCommit(_ work: @escaping @Sendable () -> Void) {
        followUps.withLock { $0.append(work) }
    }

    func committed() {
        for work in followUps.withLock({ $0 }) { work() }
    }
}
