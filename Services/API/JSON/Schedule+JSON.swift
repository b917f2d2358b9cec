import Commerce

extension ScheduleReader.Schedule {
    var json: JSON {
        [
            "id": .id(id),
            "name": .string(name),
            "command": .string(command),
            "owner": .string(owner),
            "interval": .text(interval?.iso8601),
            "cron": .text(cron),
            "time_zone": .text(timeZone),
            "jitter": .string(jitter.iso8601),
            "catch_up": .string(catchUp),
            "catch_up_within": .string(catchUpWithin.iso8601),
            "overlap": .string(overlap),
            "next_run_at": .time(isPaused ? nil : nextRunAt),
            "last_run_at": .time(lastRunAt),
            "last_outcome": .text(lastOutcome),
            "last_outcome_at": .time(lastOutcomeAt),
            "last_error": .text(lastError),
            "firings": .int(firings),
            "skipped": .int(skipped),
            "waiting": .bool(isOneWaiting),
            "paused": .bool(isPaused),
        ]
    }
}
