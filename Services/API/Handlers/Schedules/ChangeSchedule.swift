import Contracts

extension Endpoint {
    static func changeSchedule(_ verbs: ScheduleVerbs) -> Endpoint {
        .put(
            "/schedules/{id}", .schedulesWrite,
            Operation(
                id: "changeSchedule", summary: "Changes what is given of a schedule; the rest stays",
                body: "ScheduleChange", answers: [200: "Schedule"])
        ) { request in
            let reason = try request.decode(ReasonBody.self).checkedReason()
            let change = try request.decode(ChangeSchedule.Change.self)
            guard change != .init() else {
                throw Problem(422, "invalid", "Name what to change: interval, cron, time_zone, jitter, …")
            }
            let schedule = try await verbs.carryOut(request) {
                ChangeSchedule(scheduleID: $0, change: change, reason: reason)
            }
            return .ok(schedule.json)
        }
    }
}
