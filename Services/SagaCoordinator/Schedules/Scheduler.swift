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
                    while try await fireDue() == ScheduleStore.batch, !Task.isCancelled {}
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

    private func fireDue() async throws -> Int {
        try await outbox.serviceTransaction { try await Self.fireDue(in: $0) }
    }

    /// - Returns: how many schedules were due, or had their answer overdue, whichever are more.
    static func fireDue(in transaction: HandlerTransaction) async throws -> Int {
        let due = try await ScheduleStore.due(by: transaction.now, in: transaction.database)
        for var schedule in due {
            let firings = schedule.fire(at: transaction.now)
            try transaction.send(firings, of: schedule)
            ScheduleStore.save(schedule, in: transaction.database)
        }
        // WHY: after those that are due, which have ended their own silence; the others may be paused or due much later.
        let silent = try await ScheduleStore.silent(by: transaction.now, in: transaction.database)
        for var schedule in silent {
            try transaction.send(schedule.endSilence(at: transaction.now), of: schedule)
            ScheduleStore.save(schedule, in: transaction.database)
        }
        return max(due.count, silent.count)
    }
}
