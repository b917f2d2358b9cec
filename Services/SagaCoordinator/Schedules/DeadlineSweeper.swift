import Commerce
import Foundation
import Logging
import Messaging
import ServiceLifecycle

/// Finds sagas whose command was not answered in time and marks them stuck.
struct DeadlineSweeper: Service {
    let processor: SagaProcessor
    let outbox: TransactionalOutbox
    let logger: Logger

    private static let tick = Duration.seconds(1)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await sweep()
                } catch {
                    logger.warning("deadlines will be checked again", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.tick)
            }
        }
    }

    private func sweep() async throws {
        try await outbox.serviceTransaction { transaction in
            let overdue = try await SagaStore.overdue(at: transaction.now, limit: 50, in: transaction.database)
            guard !overdue.isEmpty else { return }
            let work = overdue.map { SagaProcessor.Work(input: .deadlines($0), context: transaction.context) }
            _ = try await processor.process(work, in: transaction)
        }
    }
}
