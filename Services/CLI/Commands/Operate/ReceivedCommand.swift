import ArgumentParser
import Commerce
import Foundation

struct ReceivedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "received", abstract: "Webhooks that came in, refused ones too.",
        subcommands: [List.self, Show.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists received webhooks, newest first.")

        @Option(help: "Who sent it, e.g. shopify.") var provider: String?
        @Option(help: "In the provider's words, e.g. orders/paid.") var topic: String?
        @Option(help: "accepted, duplicate or quarantined.") var status: String?
        @Option(help: "Only what came at or after this time (RFC 3339).") var since: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [
                .time("received", "received_at"), .text("provider"), .text("topic"), .status(), .text("reason"),
                .text("again", "duplicates"), .text("webhook", "id"),
            ], none: "no webhooks")

        func run() async throws {
            let environment = CLIEnvironment.current
            let received = try await APIClient(environment).get(
                "/received",
                [
                    "provider": provider, "topic": topic, "status": status, "since": since, "limit": page.limitText,
                    "cursor": page.cursor,
                ])
            try Printer(output, environment).show(json: received) { try Self.view.lines(received, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one webhook with its payload.")

        @Argument(help: "The webhook's id (whk_…).") var webhook: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let received = try await APIClient(environment).get("/received/\(webhook)")
            try Printer(output, environment).show(json: received) { try RecordPicture.lines(received, $0) }
        }
    }
}
