import ArgumentParser
import Commerce
import Foundation

struct EmailsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emails", abstract: "Mails to customers.",
        subcommands: [List.self, Show.self, Resend.self, Templates.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists mails, newest first.")

        @Option(help: "queued, sent, unknown, failed or off.") var status: String?
        @Option(help: "What they are about, e.g. a return's id.") var subject: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [
                .time("asked", "created_at"), .text("mail", "template"), .status(), .text("tries", "attempts"),
                .init(heading: "why") { .init($0["error"]?["code"]?.text ?? "", .bad) },
                .text("about", "subject"), .text("email", "id"),
            ], none: "no mails")

        func run() async throws {
            let environment = CLIEnvironment.current
            let mails = try await APIClient(environment).get(
                "/emails",
                ["status": status, "subject": subject, "limit": page.limitText, "cursor": page.cursor])
            try Printer(output, environment).show(json: mails) { try Self.view.lines(mails, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows one mail with its words and what became of it.")

        @Argument(help: "The mail's id (eml_…).") var email: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let mail = try await APIClient(environment).get("/emails/\(email)")
            try Printer(output, environment).show(json: mail) { try RecordPicture.lines(mail, $0) }
        }
    }

    struct Templates: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the mails of which the workspace has own words, or which are off.")

        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [
                .text("mail", "template"), .text("language", "locale"),
                .init(heading: "sent") { $0["enabled"] == false ? .init("off", .bad) : .init("yes") },
                .text("subject"), .time("set", "updated_at"),
            ], none: "no own words: all mails are sent in the platform's")

        func run() async throws {
            let environment = CLIEnvironment.current
            let templates = try await APIClient(environment).get("/email-templates")
            try Printer(output, environment).show(json: templates) { try Self.view.lines(templates, $0) }
        }
    }

    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends a mail again that is unknown, failed or held, or all that failed in a time.")

        @Argument(help: "The mail's id (eml_…).") var email: String?
        @Option(help: "Instead: all that failed at or after this time (RFC 3339).") var since: String?
        @Option(help: "Only those that failed before this time.") var until: String?
        @Option(help: "Only mails of this kind, e.g. return.label_sent.") var template: String?
        @Option(help: "Why, for the audit log.") var reason: String
        @OptionGroup var write: WriteOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard (email == nil) != (since == nil) else {
                throw ValidationError("name one mail, or a time with --since")
            }
            guard email == nil || (until == nil && template == nil) else {
                throw ValidationError("--until and --template go with --since")
            }
        }

        private struct Resent: Decodable {
            var resent: Int
            var more: Bool
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let client = try APIClient(environment, writing: write)
            var body: [String: JSONValue] = ["reason": .string(reason)]
            if let email {
                let mail = try await client.post("/emails/\(email)/resend", body: .object(body))
                return try Printer(output, environment).show(json: mail) { _ in ["the mail is sent again"] }
            }
            body["since"] = since.map(JSONValue.string)
            body["until"] = until.map(JSONValue.string)
            body["template"] = template.map(JSONValue.string)
            let json = try await client.post("/emails/resend", body: .object(body))
            let resent = try JSONDecoder().decode(Resent.self, from: Data(json))
            try Printer(output, environment).show(json: json) { _ in
                ["mails sent again: \(resent.resent)"]
                    + (resent.more ? ["there are more: run it again once these are under way"] : [])
            }
        }
    }
}
