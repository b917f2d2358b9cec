import ArgumentParser
import Foundation
import Providers

/// What all verbs on one saga are given.
struct SagaVerbOptions: ParsableArguments {
    @Argument(help: "The saga's id (sag_…).") var saga: String
    @Option(help: "Why, for the audit log.") var reason = "by hand on the command line"
    @OptionGroup var output: OutputOptions
}

/// A verb on one saga: asks the API and shows the saga as it is then.
protocol SagaVerbCommand: AsyncParsableCommand {
    static var verb: String { get }
    var options: SagaVerbOptions { get }

    /// What the verb is told besides the reason.
    func body() throws -> [String: JSONValue]
}

extension SagaVerbCommand {
    func body() throws -> [String: JSONValue] { [:] }

    func run() async throws {
        let environment = CLIEnvironment.current
        var body = try body()
        body["reason"] = .string(options.reason)
        let saga = try await APIClient(environment).post("/sagas/\(options.saga)/\(Self.verb)", body: .object(body))
        try Printer(options.output, environment).show(saga: saga)
    }
}

extension Printer {
    func show(saga: [UInt8]) throws {
        try show(json: saga) { style in
            guard let model = try? JSONDecoder().decode(SagaModel.self, from: Data(saga)) else {
                return ["the command is on its way; the coordinator has not answered yet"]
            }
            return SagaPicture.lines(model, style)
        }
    }
}
