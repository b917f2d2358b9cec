import ArgumentParser
import Commerce
import Foundation

struct SchedulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedules", abstract: "What is done again and again.",
        subcommands: [List.self, Run.self, Pause.self, Resume.self, Change.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the schedules: when they run, and what became of it the last time.")

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let schedules = try await APIClient(environment).get("/schedules")
            try Printer(output, environment).show(json: schedules) { try SchedulePicture.list.lines(schedules, $0) }
        }
    }
}

/// Which schedule, and why something is done to it.
struct ScheduleOptions: RecordVerbOptions {
    @Argument(help: "The schedule's name or id (sch_…).") var schedule: String
    @Option(help: "Why, for the audit log.") var reason: String
    @OptionGroup var write: WriteOptions
    @OptionGroup var output: OutputOptions

    func recordID(_ client: APIClient) async throws -> String {
        try await ScheduleLookup.id(of: schedule, client)
    }
}

/// The id that a schedule's name stands for.
enum ScheduleLookup {
    /// Failure: `CLIError` that names the schedules there are.
    static func id(of schedule: String, _ client: APIClient) async throws -> String {
        guard !schedule.hasPrefix("sch_") else { return schedule }
        let page = try JSONDecoder().decode(JSONValue.self, from: Data(try await client.get("/schedules")))
        guard case .array(let items)? = page["data"] else { throw CLIError("the API's answer is no list") }
        guard let found = items.first(where: { $0["name"]?.text == schedule }), let id = found["id"]?.text else {
            let names = items.compactMap { $0["name"]?.text }.joined(separator: ", ")
            throw CLIError("there is no schedule '\(schedule)', only: \(names)")
        }
        return id
    }
}
