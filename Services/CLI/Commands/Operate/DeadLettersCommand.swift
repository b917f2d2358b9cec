import ArgumentParser

struct DeadLettersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-letters", abstract: "Messages that were given up on.",
        subcommands: [List.self, Show.self, Requeue.self, Edit.self, Discard.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists what is open, newest first.")

        @Option(help: "Count by reason, type, provider_code, key or workspace instead.") var groupBy: String?
        @Option(help: "Whose queue it was in, e.g. tracking.") var service: String?
        @Option(help: "Why it was given up on.") var reason: String?
        @Option(help: "The message's type.") var type: String?
        @Option(help: "What it is about, e.g. ord_….") var key: String?
        @Flag(help: "Also those that were requeued or discarded.") var all = false
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        private static let letters = ListView(
            columns: [
                .time("since", "created_at"), .text("service"), .text("type"), .status(), .text("reason"),
                .text("detail"), .text("letter", "id"),
            ], none: "no dead letters")

        private static let groups = ListView(
            columns: [
                .text("count"), .text("group"), .time("oldest", "oldest_at"), .time("newest", "newest_at"),
            ], none: "no dead letters")

        func run() async throws {
            let environment = CLIEnvironment.current
            let letters = try await APIClient(environment).get(
                "/dead-letters",
                [
                    "group_by": groupBy, "service": service, "reason": reason, "type": type, "key": key,
                    "status": all ? nil : "open", "limit": page.limitText, "cursor": page.cursor,
                ])
            let view = groupBy == nil ? Self.letters : Self.groups
            try Printer(output, environment).show(json: letters) { try view.lines(letters, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one dead letter with its message.")

        @Argument(help: "The letter's id (dlt_…).") var letter: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let letter = try await APIClient(environment).get("/dead-letters/\(letter)")
            try Printer(output, environment).show(json: letter) { try RecordPicture.lines(letter, $0) }
        }
    }
}
