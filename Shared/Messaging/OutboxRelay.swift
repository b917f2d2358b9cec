import AMQP
import Commerce
import Foundation
import Logging
import Postgres
import ServiceLifecycle
import Synchronization

/// Publishes what commits owe and deletes the rows once the broker has confirmed.
///
/// Two ways in: messages just committed by this process, and a sweep of rows that an earlier process, or a failed
/// publish, left behind. A row published twice is harmless: its message id is the same.
public final class OutboxRelay: Service {
    private let pool: PostgresPool
    private let publisher: AMQPPublisher
    private let logger: Logger
    /// Committed and to be published soon.
    private let fresh = Mutex<[OutgoingMessage]>([])
    private let arrivals: AsyncStream<Void>
    private let arrived: AsyncStream<Void>.Continuation
    private let published = Mutex<[UUID]>([])

    // LIMIT: what does not fit is not lost, the sweep finds its row after 5 s.
    private static let freshMax = 50_000
    // LIMIT: one publish call of that many fills the confirm window; what came meanwhile goes with the next.
    private static let publishMax = 1_000

    public init(pool: PostgresPool, publisher: AMQPPublisher, logger: Logger) {
        self.pool = pool
        self.publisher = publisher
        self.logger = logger
        // One signal stands for everything that has arrived since it was last looked at.
        (arrivals, arrived) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Publishes in the background.
    func publishSoon(_ messages: [OutgoingMessage]) {
        guard !messages.isEmpty else { return }
        fresh.withLock { if $0.count + messages.count <= Self.freshMax { $0 += messages } }
        arrived.yield()
    }

    /// Publishes and waits for the broker's confirmation.
    func publish(_ messages: [OutgoingMessage]) async throws {
        try await publisher.publish(messages.map(\.amqp))
    }

    func publish(raw message: AMQPMessage) async throws {
        try await publisher.publish([message])
    }

    /// The broker has these: their rows can go. Deletion is batched.
    func forget(_ messages: [OutgoingMessage]) {
        guard !messages.isEmpty else { return }
        published.withLock { $0 += messages.map(\.rowID) }
    }

    public func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.publishFresh() }
            group.addTask { await self.every(.milliseconds(100)) { try await self.deletePublished() } }
            group.addTask { await self.every(.seconds(1)) { try await self.sweep() } }
            try? await gracefulShutdown()
            arrived.finish()
            group.cancelAll()
        }
        try await deletePublished()
    }

    private func publishFresh() async {
        for await _ in arrivals {
            while let messages = takeFresh() { await publishAndForget(messages) }
        }
    }

    private func takeFresh() -> [OutgoingMessage]? {
        fresh.withLock { fresh in
            guard !fresh.isEmpty else { return nil }
            let taken = Array(fresh.prefix(Self.publishMax))
            fresh.removeFirst(taken.count)
            return taken
        }
    }

    /// What the broker does not confirm keeps its row; one message without a queue does not keep the others' rows.
    private func publishAndForget(_ messages: [OutgoingMessage]) async {
        do {
            try await publish(messages)
            forget(messages)
        } catch {
            logger.warning("publish failed, the sweep will try again", metadata: ["error": "\(error)"])
            guard let error = error as? AMQPError, !error.failures.isEmpty else { return }
            let failed = Set(error.failures.map(\.index))
            forget(messages.enumerated().filter { !failed.contains($0.offset) }.map(\.element))
        }
    }

    private func every(_ interval: Duration, _ work: @Sendable () async throws -> Void) async {
        while !Task.isCancelled {
            do {
                try await work()
            } catch {
                logger.warning("outbox relay will try again", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: interval)
        }
    }

    private func deletePublished() async throws {
        let ids = published.withLock { ids in
            defer { ids.removeAll(keepingCapacity: true) }
            return ids
        }
        guard !ids.isEmpty else { return }
        try await pool.transaction { OutboxStore.delete(ids.map(\.canonicalText), in: $0) }
    }

    func sweep() async throws {
        let rows = try await pool.transaction { try await OutboxStore.claim(limit: 500, in: $0) }
        guard !rows.isEmpty else { return }
        do {
            try await publisher.publish(try rows.map { try $0.message().amqp })
        } catch  where error.isOutage {
            try await giveBack(rows[...])
            throw error
        } catch {
            return try await publishOneByOne(rows)
        }
        try await pool.transaction { OutboxStore.delete(rows.map(\.id), in: $0) }
    }

    /// An outage is nobody's failed attempt: it must not park what the broker would take.
    private func giveBack(_ rows: ArraySlice<OutboxStore.Row>) async throws {
        try await pool.transaction { OutboxStore.giveBack(rows.map(\.id), in: $0) }
    }

    /// One unroutable row must not hold up the others.
    private func publishOneByOne(_ rows: [OutboxStore.Row]) async throws {
        for (index, row) in rows.enumerated() {
            do {
                try await publisher.publish([try row.message().amqp])
            } catch  where error.isOutage {
                try await giveBack(rows[index...])
                throw error
            } catch {
                try await record(error, of: row)
                continue
            }
            try await pool.transaction { OutboxStore.delete([row.id], in: $0) }
        }
    }

    private func record(_ error: any Error, of row: OutboxStore.Row) async throws {
        logger.error("outbox row cannot be published", metadata: ["outbox_id": "\(row.id)", "error": "\(error)"])
        try await pool.transaction {
            try await OutboxStore.recordError("\(error)", isFinal: error.isOfTheMessage, of: row.id, in: $0)
        }
    }
}

extension Error {
    fileprivate var isOutage: Bool { isInfrastructure && !isRefusedMessage }
}
