import Contracts

extension Endpoint {
    /// One endpoint for each verb.
    static func operateSchedule(_ verbs: ScheduleVerbs) -> [Endpoint] {
        OperateSchedule.Verb.allCases.map { verb in
            .post(
                "/schedules/{id}/\(verb.rawValue)", .schedulesWrite,
                .verb("\(verb.rawValue)Schedule", verb.summary, "Schedule")
            ) { request in
                let reason = try request.decode(ReasonBody.self).checkedReason()
                let schedule = try await verbs.carryOut(request) {
                    OperateSchedule(scheduleID: $0, verb: verb, reason: reason)
                }
                return .accepted(schedule.json)
            }
        }
    }
}

extension OperateSchedule.Verb {
    fileprivate var summary: String {
        switch self {
        case .run: "Sends the command now, besides the schedule's times, also while it is paused"
        case .pause: "Lets nothing more become due; what is running goes on"
        case .resume: "Goes on with the next time; what fell into the pause is not made up for"
        }
    }
}
