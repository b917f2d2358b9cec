import ArgumentParser
import Foundation

struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "What people were told of trouble, also where there is no Slack.",
        subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists alerts of the last 90 days, newest first, each with what to type next.",
            discussion: """
                One that Slack was too busy for is pending until it is posted; once that is given up on, it is failed, and \
                a dead letter that can be requeued. Once that is discarded, or corrected, which is an alert of its own, \
                it is closed.
                """)

        @Option(help: "Which trouble, e.g. saga_stuck/return.") var key: String?
        @Option(help: "What one of its facts says, e.g. a return's id.") var about: String?
        @Option(help: "Of its message to Slack: pending, posted, grouped, off, unknown, failed or closed.")
        var status: String?
        @Option(help: "Only alerts of this time or later (RFC 3339).") var since: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let alerts = try await APIClient(environment).get(
                "/alerts",
                [
                    "key": key, "about": about, "status": status, "since": since, "limit": page.limitText,
                    "cursor": page.cursor,
                ])
            try Printer(output, environment).show(json: alerts) { style in
                AlertPicture.lines(try JSONDecoder().decode(AlertModel.Page.self, from: Data(alerts)), style)
            }
        }
    }
}
