/// Schedules, and what can be changed of them.
enum ScheduleSchemas {
    static var schedule: JSON {
        Schemas.object([
            "id": Schemas.id("sch"),
            "name": Schemas.string,
            "command": Schemas.string,
            "owner": Schemas.string,
            "interval": ["type": ["string", "null"], "format": "duration"],
            "cron": described(Schemas.nullableString, cron),
            "time_zone": described(Schemas.nullableString, zone),
            "jitter": described(duration, jitter),
            "catch_up": described(catchUps, catchUp),
            "catch_up_within": described(duration, catchUpWithin),
            "overlap": described(overlaps, overlap),
            "next_run_at": described(Schemas.nullableTime, "Null while it is paused."),
            "last_run_at": Schemas.nullableTime,
            "last_outcome": Schemas.nullable(
                Schemas.oneOf(["running", "retrying", "done", "refused", "dead_lettered", "no_reply"])),
            "last_outcome_at": Schemas.nullableTime,
            "last_error": Schemas.nullableString,
            "firings": described(Schemas.integer, "How often it has run."),
            "skipped": described(Schemas.integer, "How often it did not, because the firing before was running."),
            "waiting": described(Schemas.boolean, "Whether a firing waits for the one before to end."),
            "paused": Schemas.boolean,
        ])
    }

    static var change: JSON {
        Schemas.object(
            [
                "reason": Schemas.reason,
                "interval": described(duration, "Instead of cron: from PT1S to P366D."),
                "cron": described(Schemas.string, cron),
                "time_zone": described(Schemas.string, zone),
                "jitter": described(duration, jitter),
                "catch_up": described(catchUps, catchUp),
                "catch_up_within": described(duration, catchUpWithin),
                "overlap": described(overlaps, overlap),
            ],
            optional: [
                "interval", "cron", "time_zone", "jitter", "catch_up", "catch_up_within", "overlap",
            ])
    }

    private static let duration: JSON = ["type": "string", "format": "duration"]
    private static var catchUps: JSON { Schemas.oneOf(["one", "all"]) }
    private static var overlaps: JSON { Schemas.oneOf(["skip", "buffer_one", "allow"]) }

    private static let cron = "Five fields, as crontab(5): minute, hour, day of month, month, day of week."
    private static let zone = "The IANA name of the time zone of cron, such as Europe/Berlin."
    private static let jitter = "Each firing is put off by up to this much, the same on every replica."
    private static let catchUp = "What is made up for after a time without a coordinator: one firing for all, or each."
    private static let catchUpWithin = "How late a firing may be; what is later is not made up for."
    private static let overlap = "What becomes of a firing while the one before has no answer yet."

    private static func described(_ schema: JSON, _ text: String) -> JSON {
        schema.adding(["description": .string(text)])
    }
}
