import ArgumentParser
import Commerce
import Foundation

struct SagasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sagas", abstract: "Sagas: the long processes behind orders.",
        subcommands: [List.self, Counts.self, Mail.self, Show.self, Start.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Verbs, on one saga or with --all on many",
                subcommands: [
                    Retry.self, Resume.self, Pause.self, Skip.self, Signal.self, FireTimer.self, Cancel.self,
                    Terminate.self, Restart.self,
                ]),
            CommandGroup(name: "History", subcommands: [Export.self, Import.self]),
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists sagas, last started first.")

        @OptionGroup var named: SagaNameOption
        @OptionGroup var filter: SagaFilterOptions
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [
                .text("name"), .status(), .text("business", "business_status"),
                .init(heading: "waits for") { .init($0["waiting_on"]?["name"]?.text ?? "") },
                .init(heading: "error") { .init($0["error"]?["code"]?.text ?? "", .bad) },
                .text("for", "key"), .time("changed", "updated_at"), .text("saga", "id"),
            ], none: "no sagas")

        func run() async throws {
            let environment = CLIEnvironment.current
            let query = filter.query(name: named.name, ("limit", page.limitText), ("cursor", page.cursor))
            let sagas = try await APIClient(environment).get("/sagas", parameters: query)
            try Printer(output, environment).show(json: sagas) { try Self.view.lines(sagas, $0) }
        }
    }

    struct Counts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Counts sagas by status, name or what they wait for.")

        @Option(help: "status, name, waiting_on or stuck_reason.") var groupBy = "status"
        @OptionGroup var named: SagaNameOption
        @OptionGroup var filter: SagaFilterOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let counts = try await APIClient(environment).get(
                "/sagas/counts", parameters: filter.query(name: named.name, ("group_by", groupBy)))
            let view = ListView(
                columns: [
                    .text("count"),
                    .init(heading: groupBy.replacing("_", with: " ")) { .status($0["group"]?.text ?? "-") },
                ], none: "no sagas")
            try Printer(output, environment).show(json: counts) { try view.lines(counts, $0) }
        }
    }

    struct Mail: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists events that came before their saga waited for them, or before it existed.")

        @Option(help: "The saga's name.") var saga: String?
        @Option(help: "The saga's key.") var key: String?
        @Option(help: "The event's type, e.g. shipment.delivered.") var type: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [
                .time("received", "received_at"), .text("type"), .text("saga"), .text("key"),
                .text("exists as", "saga_id"),
            ], none: "no events are waiting")

        func run() async throws {
            let environment = CLIEnvironment.current
            let mail = try await APIClient(environment).get(
                "/mail", ["saga": saga, "key": key, "type": type, "limit": page.limitText, "cursor": page.cursor])
            try Printer(output, environment).show(json: mail) { try Self.view.lines(mail, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows one saga: what holds it up, its steps, what a cancel would undo, what to type.")

        @Argument(help: "The saga's id (sag_…), its key, or what it is about (ord_…).") var saga: String
        @Option(name: .customLong("run"), help: "Show the steps of this run, e.g. of the one before a restart.")
        var shownRun: Int?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let client = try APIClient(environment)
            let id = try await SagaLookup.id(of: saga, client)
            let document = try await client.get("/sagas/\(id)", ["run": shownRun.map(String.init)])
            try Printer(output, environment).show(saga: document, run: shownRun)
        }
    }

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Starts a saga, or finds the one with this key.")

        @Argument(help: "The saga's name.") var name: String
        @Option(help: "What it is about; one saga of a name for each key.") var key: String
        @Option(help: "Its input as a JSON object.") var input = "{}"
        @Option(help: "Wait for the outcome, at most so long (PT30S).") var wait: String?
        @OptionGroup var write: WriteOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let saga = try await APIClient(environment, writing: write).post(
                "/sagas", ["wait": wait],
                body: ["name": .string(name), "key": .string(key), "input": try JSONArgument.object(input, "--input")])
            try Printer(output, environment).show(saga: saga)
        }
    }
}

/// Finds the saga a person means.
enum SagaLookup {
    private struct Found: Decodable {
        var data: [Saga]

        struct Saga: Decodable {
            var id: String
            var name: String
            var status: String
        }
    }

    /// Failure: `CLIError` when there is none, or when there are several.
    static func id(of text: String, _ client: APIClient) async throws -> String {
        if text.hasPrefix("sag_") { return text }
        // WHY: not by a part of a name: a verb on the only one that happens to match would go to another saga.
        for query in ["subject", "key"] {
            let page = try JSONDecoder().decode(
                Found.self, from: Data(try await client.get("/sagas", [query: text, "limit": "10"])))
            if page.data.count > 1 {
                let choices = page.data.map { "\($0.id) (\($0.name), \($0.status))" }.joined(separator: ", ")
                throw CLIError("'\(text)' means several sagas: \(choices)")
            }
            if let saga = page.data.first { return saga.id }
        }
        throw CLIError("there is no saga '\(text)' in this workspace")
    }
}

/// An argument that is JSON.
enum JSONArgument {
    static func object(_ text: String, _ option: String) throws -> JSONValue {
        guard let value = try? value(text, option), case .object = value else {
            throw ValidationError("\(option) must be a JSON object, e.g. '{\"order_id\":\"ord_…\"}'")
        }
        return value
    }

    static func value(_ text: String, _ option: String) throws -> JSONValue {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) else {
            throw ValidationError("\(option) must be JSON, e.g. '{\"id\":\"98431\"}'")
        }
        return value
    }
}
