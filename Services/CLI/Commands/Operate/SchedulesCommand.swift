import ArgumentParser
import Providers

struct SchedulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedules", abstract: "What is done again and again.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the schedules.")

        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [
                .text("name"), .text("every", "interval"), .text("command"), .text("owner"),
                .time("last", "last_run_at"), .time("next", "next_run_at"),
                .init(heading: "") { $0["paused"] == true ? .init("paused", .waiting) : .init("") },
            ], none: "no schedules")

        func run() async throws {
            let environment = CLIEnvironment.current
            let schedules = try await APIClient(environment).get("/schedules")
            try Printer(output, environment).show(json: schedules) { try Self.view.lines(schedules, $0) }
        }
    }
}
