import Commerce
import Foundation
import Logging
import Postgres

/// Commits rows together with the messages they owe, then hands the messages to the broker.
///
/// *Guarantees*: a message is published at least once if and only if its transaction committed. The publish after the
/// commit is the fast path; rows it leaves behind are swept by ``OutboxRelay`` of any replica.
public struct TransactionalOutbox: Sendable {
    public let pool: PostgresPool
    public let factory: MessageFactory
    public let relay: OutboxRelay

    public var clock: any WallClock { factory.clock }

    public init(pool: PostgresPool, factory: MessageFactory, relay: OutboxRelay) {
        self.pool = pool
        self.factory = factory
        self.relay = relay
    }

    /// Runs `body` in one transaction of the workspace and returns after the commit; what it owes to the broker is
    /// published in the background.
    public func transaction<R: Sendable>(
        _ context: MessageContext, _ body: @escaping @Sendable (HandlerTransaction) async throws -> R
    ) async throws -> R {
        let (result, debt) = try await commit(context, scope: .workspace, body)
        relay.publishSoon(debt.rows)
        return result
    }

    /// Like ``transaction(_:_:)``, for a service's own housekeeping across workspaces.
    public func serviceTransaction<R: Sendable>(
        _ body: @escaping @Sendable (HandlerTransaction) async throws -> R
    ) async throws -> R {
        let context = MessageContext(workspaceID: .platform, actor: factory.source.rawValue)
        let (result, debt) = try await commit(context, scope: .service, body)
        relay.publishSoon(debt.rows)
        return result
    }

    /// Commits and returns what is now owed: the caller publishes it and calls ``OutboxRelay/forget(_:)``.
    /// - Parameter isDelivery: a delivery waits for the result and is acknowledged after everything owed is confirmed.
    /// - Throws: ``AlreadyProcessed`` when another replica has committed one of the messages; what `body` throws.
    package func commit<R: Sendable>(
        _ context: MessageContext, scope: MessageHandler.Scope, isDelivery: Bool = false,
        _ body: @escaping @Sendable (HandlerTransaction) async throws -> R
    ) async throws -> (R, Debt) {
        let workspace = scope == .workspace ? context.workspaceID.uuid : nil
        do {
            let (result, buffer) = try await pool.transaction(workspace: workspace) { database in
                let buffer = OutgoingBuffer(isDelivery: isDelivery)
                let transaction = HandlerTransaction(
                    database: database, context: context, now: clock.now, factory: factory, outgoing: buffer)
                let result = try await body(transaction)
                OutboxStore.insert(buffer.all().rows, in: database)
                return (result, buffer)
            }
            if !buffer.all().isEmpty { KillPoint.outboxCommitted.reach() }
            buffer.committed()
            return (result, buffer.all())
        } catch let error as PostgresError where InboxStore.isConflict(error) {
            throw AlreadyProcessed()
        }
    }
}
