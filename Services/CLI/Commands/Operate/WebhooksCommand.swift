import ArgumentParser
import Commerce
import Foundation

struct WebhooksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks", abstract: "Endpoints that are told of events. What came in is 'received'.",
        subcommands: [List.self, Show.self, Pause.self, Resume.self, Test.self, Resend.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists endpoints, newest first.")

        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let webhooks = try await APIClient(environment).get(
                "/webhooks", ["limit": page.limitText, "cursor": page.cursor])
            try Printer(output, environment).show(json: webhooks) { try WebhookPicture.list.lines(webhooks, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one endpoint and how it fares.")

        @OptionGroup var options: WebhookOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let webhook = try await APIClient(environment).get("/webhooks/\(options.webhook)")
            try Printer(options.output, environment).show(webhook: webhook)
        }
    }

    struct Pause: WebhookVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Keeps events back until the endpoint is resumed.")
        static let verb = "pause"
        @OptionGroup var options: WebhookVerbOptions
    }

    struct Resume: WebhookVerbCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets a paused or disabled endpoint go on, with what has waited.")
        static let verb = "resume"
        @OptionGroup var options: WebhookVerbOptions
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Sends a webhook.test event, once.")

        @OptionGroup var options: WebhookVerbOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let delivery = try await APIClient(environment, writing: options.write).post(
                "/webhooks/\(options.webhook)/test", body: .object(options.body))
            try Printer(options.output, environment).show(json: delivery) { style in
                let id = try JSONDecoder().decode(JSONValue.self, from: Data(delivery))["id"]?.text ?? "-"
                return ["the test is on its way", style("stateset deliveries show \(id)", .strong)]
            }
        }
    }

    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends again what an endpoint was sent, or was not, in a time.")

        @Option(help: "Events of this time or later (RFC 3339).") var since: String
        @Option(help: "Only events before this time.") var until: String?
        @Option(help: "Only deliveries that are pending, succeeded, failed or skipped.") var status: String?
        @Option(help: "Only events of this type, e.g. ticket.updated.") var type: String?
        @Option(help: "Only what is about this, e.g. a ticket's id.") var subject: String?
        @OptionGroup var options: WebhookVerbOptions

        private struct Resent: Decodable {
            var resent: Int
            var more: Bool
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let filter: [String: String?] = [
                "since": since, "until": until, "status": status, "type": type, "subject": subject,
            ]
            let body = filter.compactMapValues { $0.map(JSONValue.string) }
            let json = try await APIClient(environment, writing: options.write).post(
                "/webhooks/\(options.webhook)/resend", body: .object(body.merging(options.body) { $1 }))
            let resent = try JSONDecoder().decode(Resent.self, from: Data(json))
            try Printer(options.output, environment).show(json: json) { _ in
                ["deliveries sent again: \(resent.resent)" + (resent.more ? "; the others follow by themselves" : "")]
            }
        }
    }
}

/// What everything asked about one endpoint is given.
struct WebhookOptions: ParsableArguments {
    @Argument(help: "The endpoint's id (whe_…).") var webhook: String
    @OptionGroup var output: OutputOptions
}

/// What everything done about one endpoint is given.
struct WebhookVerbOptions: ParsableArguments {
    @Argument(help: "The endpoint's id (whe_…).") var webhook: String
    @Option(help: "Why, for the audit log.") var reason = "by hand on the command line"
    @OptionGroup var write: WriteOptions
    @OptionGroup var output: OutputOptions

    var body: [String: JSONValue] { ["reason": .string(reason)] }
}

/// A verb on one endpoint: asks the API and shows it as it is then.
protocol WebhookVerbCommand: AsyncParsableCommand {
    static var verb: String { get }
    var options: WebhookVerbOptions { get }
}

extension WebhookVerbCommand {
    func run() async throws {
        let environment = CLIEnvironment.current
        let webhook = try await APIClient(environment, writing: options.write).post(
            "/webhooks/\(options.webhook)/\(Self.verb)", body: .object(options.body))
        try Printer(options.output, environment).show(webhook: webhook)
    }
}

extension Printer {
    func show(webhook: [UInt8]) throws {
        try show(json: webhook) { style in
            WebhookPicture.lines(try JSONDecoder().decode(WebhookModel.self, from: Data(webhook)), style)
        }
    }
}
