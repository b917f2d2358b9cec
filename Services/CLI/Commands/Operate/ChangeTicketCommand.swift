import ArgumentParser
import Commerce
import Foundation

/// One custom field of a ticket: `condition=good`.
struct TicketFieldArgument: ExpressibleByArgument {
    let name: String
    let value: JSONValue

    init?(argument: String) {
        guard let mark = argument.firstIndex(of: "="), mark > argument.startIndex else { return nil }
        name = String(argument[..<mark])
        switch String(argument[argument.index(after: mark)...]) {
        // WHY: the flags of a ticket are never texts, and what is a text is never a flag.
        case "true": value = .bool(true)
        case "false": value = .bool(false)
        case let text: value = .string(text)
        }
    }
}

extension TicketsCommand {
    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Changes a ticket's status, subject or custom fields; its return goes where it can follow.",
            discussion: """
                Fields that are not named stay as they are: stateset tickets change tkt_… --status item_received \
                --field condition=good --field matched=true --remove-field note
                """)

        @Argument(help: "The ticket's id (tkt_…).") var ticket: String
        @Option(help: "The new status.") var status: String?
        @Option(help: "The new subject.") var subject: String?
        @Option(help: "A custom field as name=text; true and false are meant as such. May be repeated.")
        var field: [TicketFieldArgument] = []
        @Option(help: "Custom fields as a JSON object, also those that are no text.") var fields: String?
        @Option(help: "A custom field that goes. May be repeated.") var removeField: [String] = []
        @OptionGroup var write: WriteOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard try status != nil || subject != nil || !customFields().isEmpty else {
                throw ValidationError("say what to change, e.g. --status item_received")
            }
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let client = try APIClient(environment, writing: write)
            try await Printer(output, environment).show(ticket: try await carryOut(client), client)
        }

        /// What the API answers.
        func carryOut(_ client: APIClient) async throws -> [UInt8] {
            var body: [String: JSONValue] = [:]
            body["status"] = status.map(JSONValue.string)
            body["subject"] = subject.map(JSONValue.string)
            let fields = try customFields()
            if !fields.isEmpty { body["custom_fields"] = .object(fields) }
            return try await client.patch("/tickets/\(ticket)", body: .object(body))
        }

        /// Null for one that goes. Failure: `ValidationError` for one that is named twice.
        private func customFields() throws -> [String: JSONValue] {
            var all: [String: JSONValue] = [:]
            if let fields, case .object(let members) = try JSONArgument.object(fields, "--fields") { all = members }
            let named = field.map { ($0.name, $0.value) } + removeField.map { ($0, JSONValue.null) }
            for (name, value) in named {
                guard all.updateValue(value, forKey: name) == nil else {
                    throw ValidationError("'\(name)' is given twice")
                }
            }
            return all
        }
    }
}
