import Commerce
import Foundation
import Logging
import Messaging
import Postgres
import Sagas
import ServiceLifecycle

/// Finds sagas whose command was not answered in time and marks them stuck; clears away events nobody came for.
struct DeadlineSweeper: Service {
    let processor: SagaProcessor
    let outbox: TransactionalOutbox
    let logger: Logger

    private static let tick = Duration.seconds(1)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var ticks = 0
            while !Task.isCancelled {
                do {
                    while try await sweep() == Self.batch, !Task.isCancelled {}
                    if ticks % Self.ticksBetweenClearing == 0 { try await clearMail() }
                    ticks += 1
                } catch {
                    logger.warning("deadlines will be checked again", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.tick)
            }
        }
    }

    // LIMIT: once a minute at most a thousand: small transactions that keep up with any stream of unwanted events.
    private static let ticksBetweenClearing = 60

    private func clearMail() async throws {
        try await outbox.serviceTransaction { try await Self.clearMail(in: $0) }
    }

    // LIMIT: a transaction of some tens of milliseconds: replies to the same sagas wait for no more than that.
    private static let batch = 200

    private func sweep() async throws -> Int {
        try await outbox.serviceTransaction { [processor] in try await Self.sweep(processor, in: $0) }
    }

    static func clearMail(in transaction: HandlerTransaction) async throws {
        _ = try await MailboxStore.deleteUnclaimed(
            before: transaction.now - MailRetention.kept.timeInterval, limit: 1000, in: transaction.database)
    }

    /// - Returns: how many were looked at.
    static func sweep(
        _ processor: SagaProcessor, limit: Int = batch, in transaction: HandlerTransaction
    ) async throws -> Int {
        let names = processor.catalog.definitions.map(\.name)
        let overdue = try await SagaStore.overdue(names, at: transaction.now, limit: limit, in: transaction.database)
        guard !overdue.isEmpty else { return 0 }
        let work = overdue.map { SagaProcessor.Work(input: .deadlines($0), context: transaction.context) }
        _ = try await processor.process(work, in: transaction)
        return overdue.count
    }
}
