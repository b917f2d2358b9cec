import ArgumentParser
import Commerce

struct DeliveriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "Events on their way to an endpoint.",
        subcommands: [List.self, Show.self, Resend.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists what was sent to an endpoint or is to be, newest first.")

        @Option(help: "pending, succeeded, failed or skipped.") var status: String?
        @Option(help: "Of the event, e.g. ticket.updated.") var type: String?
        @Option(help: "What the event is about, e.g. a ticket's id.") var subject: String?
        @Option(help: "Only events of this time or later (RFC 3339).") var since: String?
        @Option(help: "Only events before this time.") var until: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var options: WebhookOptions

        private static let view = ListView(
            columns: [
                .time("happened", "occurred_at"), .text("event", "type"), .text("about", "subject"), .status(),
                .text("tries", "attempts"), .text("answer", "last_status"),
                .init(heading: "why") { .init($0["last_error"]?.text ?? "", .bad) },
                .time("next try", "next_attempt_at"), .text("delivery", "id"),
            ], none: "no deliveries")

        func run() async throws {
            let environment = CLIEnvironment.current
            let deliveries = try await APIClient(environment).get(
                "/webhooks/\(options.webhook)/deliveries",
                [
                    "status": status, "type": type, "subject": subject, "since": since, "until": until,
                    "limit": page.limitText, "cursor": page.cursor,
                ])
            try Printer(options.output, environment).show(json: deliveries) { try Self.view.lines(deliveries, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows one delivery with its payload and every attempt.")

        @OptionGroup var options: DeliveryOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let delivery = try await APIClient(environment).get("/deliveries/\(options.delivery)")
            try Printer(options.output, environment).show(json: delivery) { try RecordPicture.lines(delivery, $0) }
        }
    }

    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Sends one delivery again, under its webhook-id.")

        @OptionGroup var options: DeliveryVerbOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let delivery = try await APIClient(environment, writing: options.write).post(
                "/deliveries/\(options.delivery)/resend", body: ["reason": .string(options.reason)])
            try Printer(options.output, environment).show(json: delivery) { try RecordPicture.lines(delivery, $0) }
        }
    }
}

/// What everything asked about one delivery is given.
struct DeliveryOptions: ParsableArguments {
    @Argument(help: "The delivery's id (dlv_…).") var delivery: String
    @OptionGroup var output: OutputOptions
}

/// What everything done about one delivery is given.
struct DeliveryVerbOptions: ParsableArguments {
    @Argument(help: "The delivery's id (dlv_…).") var delivery: String
    @Option(help: "Why, for the audit log.") var reason = "by hand on the command line"
    @OptionGroup var write: WriteOptions
    @OptionGroup var output: OutputOptions
}
