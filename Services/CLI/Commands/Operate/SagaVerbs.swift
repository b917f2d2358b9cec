import ArgumentParser
import Commerce

extension SagasCommand {
    struct Retry: SagaVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Tries again what a saga is stuck on.")
        static let verb = "retry"
        @OptionGroup var named: SagaNameOption
        @OptionGroup var options: SagaVerbOptions
        var sagaName: String? { named.name }
    }

    struct Pause: SagaVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Holds a saga; its due times freeze.")
        static let verb = "pause"
        @OptionGroup var named: SagaNameOption
        @OptionGroup var options: SagaVerbOptions
        var sagaName: String? { named.name }
    }

    struct Resume: SagaVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Lets a paused saga go on.")
        static let verb = "resume"
        @OptionGroup var named: SagaNameOption
        @OptionGroup var options: SagaVerbOptions
        var sagaName: String? { named.name }
    }

    struct Cancel: SagaVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Undoes what a saga did and ends it.")
        static let verb = "cancel"
        @OptionGroup var named: SagaNameOption
        @OptionGroup var options: SagaVerbOptions
        var sagaName: String? { named.name }
    }

    struct Terminate: SagaVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a saga and undoes nothing.")
        static let verb = "terminate"
        @OptionGroup var named: SagaNameOption
        @OptionGroup var options: SagaVerbOptions
        var sagaName: String? { named.name }
    }

    struct Restart: SagaVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Runs a saga again from the beginning.")
        static let verb = "restart"
        @OptionGroup var named: SagaNameOption
        @OptionGroup var options: SagaVerbOptions
        var sagaName: String? { named.name }
    }

    struct Skip: SagaVerbCommand {
        static let configuration = CommandConfiguration(
            abstract: "Goes on as if a refused or stuck step had answered, a wait had ended or a timer had fired.")
        static let verb = "skip"
        @OptionGroup var named: SagaNameOption
        @OptionGroup var options: SagaVerbOptions
        @Option(help: "The step, as 'sagas show' names it, e.g. 3 or 3/1/0.") var path: String
        @Option(help: "What counts as its answer, as JSON.") var result: String?
        @Flag(help: "Keep the undo that follows from the result.") var keepUndo = false
        var sagaName: String? { named.name }

        func body() throws -> [String: JSONValue] {
            var body: [String: JSONValue] = ["path": .string(path), "keep_undo": .bool(keepUndo)]
            body["result"] = try result.map { try JSONArgument.value($0, "--result") }
            return body
        }
    }

    struct FireTimer: SagaVerbCommand {
        static let configuration = CommandConfiguration(
            commandName: "fire-timer", abstract: "Ends a sleep, or the time limit of a wait, at once.")
        static let verb = "fire-timer"
        @OptionGroup var named: SagaNameOption
        @OptionGroup var options: SagaVerbOptions
        @Option(help: "The step, as 'sagas show' names it, e.g. 3 or 3/1/0.") var path: String
        var sagaName: String? { named.name }

        func body() -> [String: JSONValue] { ["path": .string(path)] }
    }

    /// Here `--name` is the event's; the saga's is `--saga-name`.
    struct Signal: SagaVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Gives a saga an event it waits for.")
        static let verb = "signal"
        @Option(help: "The event, e.g. order.released.") var name: String
        @Option(help: "The event's data as a JSON object.") var data = "{}"
        @Option(help: "With --all: the saga's name.") var sagaName: String?
        @OptionGroup var options: SagaVerbOptions

        func body() throws -> [String: JSONValue] {
            ["name": .string(name), "data": try JSONArgument.object(data, "--data")]
        }
    }
}
