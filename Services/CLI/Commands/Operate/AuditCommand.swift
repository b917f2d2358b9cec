import ArgumentParser

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Who did what, and why.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the audit log, newest first.")

        @Option(help: "Who acted, e.g. person:ana.") var actor: String?
        @Option(help: "What was done, e.g. saga.cancel.") var action: String?
        @Option(help: "The id of what it was done to.") var subject: String?
        @Option(help: "Only what was done at or after this time (RFC 3339).") var since: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [.time("at", "at"), .text("actor"), .text("action"), .text("subject"), .text("reason")],
            none: "nothing was done by hand yet")

        func run() async throws {
            let environment = CLIEnvironment.current
            let entries = try await APIClient(environment).get(
                "/audit",
                [
                    "actor": actor, "action": action, "subject": subject, "since": since, "limit": page.limitText,
                    "cursor": page.cursor,
                ])
            try Printer(output, environment).show(json: entries) { try Self.view.lines(entries, $0) }
        }
    }
}
