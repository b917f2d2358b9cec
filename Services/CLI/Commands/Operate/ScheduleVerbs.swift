import ArgumentParser
import Commerce
import Foundation

extension SchedulesCommand {
    struct Run: ScheduleVerbCommand {
        static let configuration = CommandConfiguration(
            abstract: "Runs a schedule now, besides its times, also while it is paused.")
        static let verb = "run"
        @OptionGroup var options: ScheduleOptions
    }

    struct Pause: ScheduleVerbCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets nothing more of a schedule become due; what is running goes on.")
        static let verb = "pause"
        @OptionGroup var options: ScheduleOptions
    }

    struct Resume: ScheduleVerbCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets a paused schedule go on; what fell into the pause is not made up for.")
        static let verb = "resume"
        @OptionGroup var options: ScheduleOptions
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Changes when a schedule runs; what is not given stays.",
            discussion: "Either --interval, or --cron with --zone. Durations as in ISO 8601: PT15S, PT10M, P1D.")

        @OptionGroup var options: ScheduleOptions
        @Option(help: "How often, e.g. PT15S.") var interval: String?
        @Option(help: "At which minutes, e.g. '30 2 * * mon-fri'.") var cron: String?
        @Option(help: "In which time zone, e.g. Europe/Berlin.") var zone: String?
        @Option(help: "Put each firing off by up to this much.") var jitter: String?
        @Option(help: "Of the times that were missed, make up for one or all.") var catchUp: String?
        @Option(help: "How late a firing may be.") var catchUpWithin: String?
        @Option(help: "While the firing before is running: skip, buffer_one or allow.") var overlap: String?

        private var changes: [String: String] {
            [
                "interval": interval, "cron": cron, "time_zone": zone, "jitter": jitter, "catch_up": catchUp,
                "catch_up_within": catchUpWithin, "overlap": overlap,
            ].compactMapValues(\.self)
        }

        func validate() throws {
            guard !changes.isEmpty else { throw ValidationError("say what to change, e.g. --interval PT30S") }
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let client = try APIClient(environment, writing: options.write)
            let id = try await options.recordID(client)
            var body = changes.mapValues(JSONValue.string)
            body["reason"] = .string(options.reason)
            let changed = try await client.put("/schedules/\(id)", body: .object(body))
            try Printer(options.output, environment).show(schedule: changed)
        }
    }
}

/// A verb on one schedule.
protocol ScheduleVerbCommand: RecordVerbCommand where Options == ScheduleOptions {}

extension ScheduleVerbCommand {
    static var collection: String { "schedules" }
    func show(_ record: [UInt8], on printer: Printer) throws { try printer.show(schedule: record) }
}

extension Printer {
    func show(schedule: [UInt8]) throws {
        try show(json: schedule) { try RecordPicture.lines(schedule, $0) }
    }
}
