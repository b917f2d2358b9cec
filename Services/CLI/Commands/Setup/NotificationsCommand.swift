import ArgumentParser
import Commerce
import Foundation
import MailTemplates

struct NotificationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notifications", abstract: "What customers are told.", subcommands: [Preview.self])

    struct Preview: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a mail with sample values.",
            discussion: "Of the platform's own words, or of a file's: a JSON object with subject, text and html.")

        @Argument(help: "Which mail, e.g. return.label_sent.") var template: String
        @Option(help: "In which language: en, fr, fr-CA.") var locale = "en"
        @Option(help: "A file with words of your own, which are checked as the API checks them.") var file: String?
        @Flag(help: "The HTML instead of the text.") var html = false
        @OptionGroup var output: OutputOptions

        func run() throws {
            let mail = try words().rendered(.sample, locale: locale)
            try Printer(output, .current).show(json: mail) { _ in
                html ? [mail.html] : ["Subject: \(mail.subject)", "", mail.text]
            }
        }

        private func words() throws -> MailTemplate {
            guard let name = MailName(rawValue: template) else {
                let names = MailName.allCases.map(\.rawValue).joined(separator: ", ")
                throw CLIError("there is no mail '\(template)'; there are: \(names)")
            }
            let own = MailCatalog.template(name, locale: locale)
            guard let file else { return own }
            guard let data = FileManager.default.contents(atPath: file),
                let words = try? JSONDecoder().decode(Words.self, from: data)
            else { throw CLIError("\(file) is not a JSON object with subject, text or html") }
            let template = MailTemplate(
                subject: words.subject ?? own.subject, text: words.text ?? own.text, html: words.html)
            do {
                try template.check()
            } catch {
                throw CLIError(error.description)
            }
            return template
        }

        private struct Words: Decodable {
            var subject: String?
            var text: String?
            var html: String?
        }
    }
}
