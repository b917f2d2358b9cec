import AMQP
import ArgumentParser
import Logging
import Messaging
import ServiceKit

extension TopologyCommand {
    struct Repair: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes the broker what the services declare; exits with 1 when something is left to do by hand.",
            discussion: """
                Declares and binds what is missing. A queue in another form is rebuilt with its messages and bindings, \
                once its service is stopped.
                """)

        @OptionGroup var output: OutputOptions

        private struct Report: Encodable {
            var repaired: [String]
            var left: [String]
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let report = try await CLIError.explaining { try await Self.report(environment) }
            try Printer(output, environment).show(json: report) { Self.lines(report, $0) }
            guard report.left.isEmpty else { throw ArgumentParser.ExitCode(1) }
        }

        private static func report(_ environment: CLIEnvironment) async throws -> Report {
            let repair = try repair(environment)
            var steps: [TopologyRepair.Step] = []
            for topology in DeclaredTopology.all {
                // Every service declares the same exchanges.
                steps += try await repair.repair(topology).filter { !steps.contains($0) }
            }
            return Report(
                repaired: steps.filter { !$0.isLeft }.map(\.line), left: steps.filter(\.isLeft).map(\.line))
        }

        private static func repair(_ environment: CLIEnvironment) throws -> TopologyRepair {
            let url = try environment.settings.secret(.amqpURL).reveal()
            let configuration = try AMQPConfiguration(url: url, connectionName: "stateset-cli")
            let management = environment.brokerManagement(of: configuration)
            return TopologyRepair(configuration: configuration, logger: .silent) { queue in
                try await management?.bindings(of: queue)
            }
        }

        private static func lines(_ report: Report, _ style: Style) -> [String] {
            guard !(report.repaired + report.left).isEmpty else {
                return [style("nothing to do: the broker is as declared", .good)]
            }
            return report.repaired.map { style($0, .good) } + report.left.map { style($0, .bad) }
        }
    }
}

extension TopologyRepair.Step {
    fileprivate var line: String {
        switch outcome {
        case .declared: "\(name) is declared"
        case .bound(let exchange, let key): "\(name) is bound to \(exchange) by '\(key)'"
        case .rebuilt(let moved): "\(name) is rebuilt, \(moved) messages kept"
        case .left(let why): "\(name) is left as it is: \(why)"
        }
    }
}
