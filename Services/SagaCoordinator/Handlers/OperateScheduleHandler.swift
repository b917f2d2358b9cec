import Commerce
import Contracts
import Messaging

/// Runs a schedule now, pauses it or lets it go on, with a row in the audit log.
struct OperateScheduleHandler: CommandHandler {
    func handle(_ command: OperateSchedule, in transaction: HandlerTransaction) async throws -> Done {
        try await transaction.alter(command.scheduleID, "schedule.\(command.verb.rawValue)", command.reason) {
            schedule in
            switch command.verb {
            case .run: return try schedule.run(at: transaction.now)
            case .pause: try schedule.pause()
            case .resume: try schedule.resume(at: transaction.now)
            }
            return []
        }
        return Done()
    }
}

extension HandlerTransaction {
    /// Locks a schedule of the workspace, changes it, and has the audit log say how.
    /// - Parameter change: gives the firings that follow.
    /// - Throws: ``Refusal`` `not_found`, or `invalid` where its timetable cannot be read.
    func alter(
        _ id: ScheduleID, _ action: String, _ reason: String,
        _ change: (inout Schedule) throws -> [Schedule.Firing]
    ) async throws {
        var schedule = try await locked(id)
        let before = AuditedSchedule(schedule)
        let firings = try change(&schedule)
        try send(firings, of: schedule, actor: context.actor)
        ScheduleStore.save(schedule, in: database)
        try await audit(
            AuditEntry(
                action: action, subject: id.description, reason: reason, before: RawJSON(encoding: before),
                after: RawJSON(encoding: AuditedSchedule(schedule))))
    }

    private func locked(_ id: ScheduleID) async throws -> Schedule {
        do {
            guard let schedule = try await ScheduleStore.lock(id, of: workspaceID, in: database) else {
                throw Refusal(code: "not_found", message: "there is no schedule \(id)")
            }
            return schedule
        } catch let error where error is CronError || error is TimeZoneError {
            throw Refusal(code: "invalid", message: "schedule \(id) cannot be read: \(error)")
        }
    }
}
