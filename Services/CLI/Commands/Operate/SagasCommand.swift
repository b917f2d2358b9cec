import ArgumentParser
import Foundation
import Providers

struct SagasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sagas", abstract: "Sagas: the long processes behind orders.",
        subcommands: [
            List.self, Show.self, Start.self, Retry.self, Cancel.self, Restart.self, Signal.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists sagas, last changed first.")

        @Option(help: "What it is about, e.g. ord_….") var subject: String?
        @Option(help: "The saga's name, e.g. order-fulfillment.") var name: String?
        @Option(help: "The engine's status, e.g. stuck.") var status: String?
        @Option(help: "What it waits for: a name or a kind.") var waitingOn: String?
        @Option(help: "Part of the key, subject, name or business status.") var q: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [
                .text("name"), .status(), .text("business", "business_status"),
                .init(heading: "waits for") { .init($0["waiting_on"]?["name"]?.text ?? "") },
                .init(heading: "error") { .init($0["error"]?["code"]?.text ?? "", .bad) },
                .time("changed", "updated_at"), .text("saga", "id"),
            ], none: "no sagas")

        func run() async throws {
            let environment = CLIEnvironment.current
            let sagas = try await APIClient(environment).get(
                "/sagas",
                [
                    "subject": subject, "name": name, "status": status, "waiting_on": waitingOn, "q": q,
                    "limit": page.limitText, "cursor": page.cursor,
                ])
            try Printer(output, environment).show(json: sagas) { try Self.view.lines(sagas, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one saga step by step.")

        @Argument(help: "The saga's id (sag_…).") var saga: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            try Printer(output, environment).show(saga: try await APIClient(environment).get("/sagas/\(saga)"))
        }
    }

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Starts a saga, or finds the one with this key.")

        @Argument(help: "The saga's name.") var name: String
        @Option(help: "What it is about; one saga of a name for each key.") var key: String
        @Option(help: "Its input as a JSON object.") var input = "{}"
        @Option(help: "Wait for the outcome, at most so long (PT30S).") var wait: String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let saga = try await APIClient(environment).post(
                "/sagas", ["wait": wait],
                body: ["name": .string(name), "key": .string(key), "input": try JSONArgument.object(input, "--input")])
            try Printer(output, environment).show(saga: saga)
        }
    }

    struct Retry: SagaVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Tries again what a saga is stuck on.")
        static let verb = "retry"
        @OptionGroup var options: SagaVerbOptions
    }

    struct Cancel: SagaVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Undoes what a saga did and ends it.")
        static let verb = "cancel"
        @OptionGroup var options: SagaVerbOptions
    }

    struct Restart: SagaVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Runs a saga again from the beginning.")
        static let verb = "restart"
        @OptionGroup var options: SagaVerbOptions
    }

    struct Signal: SagaVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Gives a saga an event it waits for.")
        static let verb = "signal"
        @OptionGroup var options: SagaVerbOptions
        @Option(help: "The event, e.g. order.released.") var name: String
        @Option(help: "The event's data as a JSON object.") var data = "{}"

        func body() throws -> [String: JSONValue] {
            ["name": .string(name), "data": try JSONArgument.object(data, "--data")]
        }
    }
}

/// An argument that is JSON.
enum JSONArgument {
    static func object(_ text: String, _ option: String) throws -> JSONValue {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)), case .object = value else {
            throw ValidationError("\(option) must be a JSON object, e.g. '{\"order_id\":\"ord_…\"}'")
        }
        return value
    }
}
