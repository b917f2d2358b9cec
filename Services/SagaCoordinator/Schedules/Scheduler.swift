import Commerce
import Foundation
import Logging
import Messaging
import Postgres
import ServiceLifecycle

/// Sends the commands of schedules when they are due. Any replica may; each firing happens once.
struct Scheduler: Service {
    let outbox: TransactionalOutbox
    let logger: Logger

    private static let tick = Duration.milliseconds(500)
    private static let ticksBetweenChecks = 10

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var ticks = 0
            while !Task.isCancelled {
                do {
                    if ticks % Self.ticksBetweenChecks == 0 { try await addMissing() }
                    try await fireDue()
                } catch {
                    logger.warning("schedules will be tried again", metadata: ["error": "\(error)"])
                }
                ticks += 1
                try? await Task.sleep(for: Self.tick)
            }
        }
    }

    private func addMissing() async throws {
        let now = outbox.clock.now
        try await outbox.pool.transaction { try await ScheduleStore.addMissing(DefaultSchedule.all, at: now, in: $0) }
    }

    private func fireDue() async throws {
        try await outbox.serviceTransaction { transaction in
            for due in try await ScheduleStore.claim(dueBy: transaction.now, in: transaction.database) {
                let context = MessageContext(workspaceID: due.workspaceID, actor: "schedule:\(due.name)")
                transaction.send(
                    try transaction.messages.command(
                        name: due.command, owner: due.owner, data: due.data, subject: nil, context: context))
            }
        }
    }
}
