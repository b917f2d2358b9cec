import Commerce

/// Schedules as a table: when each runs, and what became of it the last time.
enum SchedulePicture {
    static let list = ListView(
        columns: [
            .text("name"), .init(heading: "runs") { .init(timing($0)) }, .text("command"), .text("owner"),
            .init(heading: "next") { next($0) }, .time("last", "last_run_at"),
            .init(heading: "outcome") { outcome($0) },
        ], none: "no schedules")

    private static func timing(_ schedule: JSONValue) -> String {
        if let interval = schedule["interval"]?.text { return "every \(interval)" }
        let cron = schedule["cron"]?.text ?? "-"
        return schedule["time_zone"]?.text.map { "\(cron) (\($0))" } ?? cron
    }

    private static func next(_ schedule: JSONValue) -> Table.Cell {
        guard schedule["paused"] != true else { return .init("paused", .waiting) }
        return .init(Moment.text(schedule["next_run_at"]?.text), .quiet)
    }

    /// The owner's words where it went wrong.
    private static func outcome(_ schedule: JSONValue) -> Table.Cell {
        guard let outcome = schedule["last_outcome"]?.text else { return .init("-") }
        let error = schedule["last_error"]?.text.map { ": \($0)" } ?? ""
        return .init(outcome.replacing("_", with: " ") + error, tone(outcome))
    }

    private static func tone(_ outcome: String) -> Tone {
        switch outcome {
        case "done": .good
        case "running", "retrying": .waiting
        default: .bad
        }
    }
}
