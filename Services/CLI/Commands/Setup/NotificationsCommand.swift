import ArgumentParser
import Commerce
import Foundation
import MailTemplates

struct NotificationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notifications", abstract: "What customers are told.", subcommands: [Preview.self])

    struct Preview: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a mail with sample values.",
            discussion: """
                In the language that a customer is written to in: that of --locale, exactly or without its region, \
                else the workspace's, else English. Of the platform's own words, of those that the workspace has set \
                (--own), or of a file's: a JSON object with subject, text and html.
                """)

        @Argument(help: "Which mail, e.g. return.label_sent.") var template: String
        @Option(help: "The customer's language: en, fr, fr-CA.") var locale: String?
        @Option(help: "The workspace's language, as 'locale' of smtp says it.") var workspaceLocale: String?
        @Flag(help: "With the words that the workspace has set.") var own = false
        @Option(help: "A file with words of your own, which are checked as the API checks them.") var file: String?
        @Flag(help: "The HTML instead of the text.") var html = false
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard file == nil || !own else { throw ValidationError("give either --own or --file") }
        }

        private struct Shown: Encodable {
            var locale: String
            var enabled: Bool
            var subject, text, html: String
        }

        func run() async throws {
            guard let name = MailName(rawValue: template) else {
                let names = MailName.allCases.map(\.rawValue).joined(separator: ", ")
                throw CLIError("there is no mail '\(template)'; there are: \(names)")
            }
            let choice = MailChoice(name, for: [locale], at: workspaceLocale, own: try await ownWords())
            let mail = try words(choice.template).rendered(.sample, locale: choice.locale)
            let shown = Shown(
                locale: choice.locale, enabled: choice.isSent, subject: mail.subject, text: mail.text, html: mail.html)
            try Printer(output, .current).show(json: shown) { _ in
                if html { return [mail.html] }
                let head = ["Language: \(choice.locale)", "Subject: \(mail.subject)", "", mail.text]
                return choice.isSent ? head : ["Off: the workspace does not send it."] + head
            }
        }

        private struct OwnList: Decodable {
            struct Entry: Decodable {
                var template, locale: String
                var enabled: Bool
                var subject, text, html: String?
            }

            var data: [Entry]
        }

        private func ownWords() async throws -> [String: OwnWords] {
            guard own else { return [:] }
            let json = try await APIClient(.current).get("/email-templates")
            var words: [String: OwnWords] = [:]
            let list = try JSONDecoder().decode(OwnList.self, from: Data(json))
            for entry in list.data where entry.template == template {
                words[entry.locale] = OwnWords(
                    enabled: entry.enabled, subject: entry.subject, text: entry.text, html: entry.html)
            }
            return words
        }

        private func words(_ template: MailTemplate) throws -> MailTemplate {
            guard let file else { return template }
            guard let data = FileManager.default.contents(atPath: file),
                let words = try? JSONDecoder().decode(Words.self, from: data)
            else { throw CLIError("\(file) is not a JSON object with subject, text or html") }
            let given = MailTemplate(
                subject: words.subject ?? template.subject, text: words.text ?? template.text, html: words.html)
            do {
                try given.check()
            } catch {
                throw CLIError(error.description)
            }
            return given
        }

        private struct Words: Decodable {
            var subject: String?
            var text: String?
            var html: String?
        }
    }
}
