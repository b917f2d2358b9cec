import AMQP
import ArgumentParser
import ServiceKit

struct TopologyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topology", abstract: "Exchanges and queues of the broker.",
        subcommands: [Check.self, Repair.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compares the broker with what the services declare; exits with 1 when something differs.",
            discussion: """
                Bindings are compared where STATESET_RABBITMQ_MANAGEMENT_URL names the broker's management interface: \
                AMQP does not tell them.
                """)

        @OptionGroup var output: OutputOptions

        private struct Report: Encodable {
            var queues: [QueueState]
            var drift: [String]
            /// Whether bindings are among what was compared.
            var bindingsCompared: Bool
        }

        private struct QueueState: Encodable {
            var name: String
            var messages: Int?
            var consumers: Int?
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let report = try await CLIError.explaining { try await Self.report(environment) }
            try Printer(output, environment).show(json: report) { Self.lines(report, $0) }
            guard report.drift.isEmpty else { throw ArgumentParser.ExitCode(1) }
        }

        private static func report(_ environment: CLIEnvironment) async throws -> Report {
            let url = try environment.settings.secret(.amqpURL).reveal()
            let configuration = try AMQPConfiguration(url: url, connectionName: "stateset-cli")
            let management = environment.brokerManagement(of: configuration)
            let missing = MissingBindings(configuration: configuration) { try await management?.bindings(of: $0) }
            var report = Report(queues: [], drift: [], bindingsCompared: management != nil)
            for topology in DeclaredTopology.all {
                report.drift += try await AMQPAdministration.check(topology, configuration: configuration).map(\.line)
                report.drift += try await missing.of(topology)?.map(\.line) ?? []
                for queue in topology.queues {
                    let depth = try await AMQPAdministration.queueDepth(queue.name, configuration: configuration)
                    report.queues.append(
                        QueueState(name: queue.name, messages: depth?.messages, consumers: depth?.consumers))
                }
            }
            // Every service declares the same exchanges.
            report.drift = Array(Set(report.drift)).sorted()
            return report
        }

        private static func lines(_ report: Report, _ style: Style) -> [String] {
            let table = Table(
                headings: ["queue", "ready", "consumers"],
                rows: report.queues.map { queue in
                    let isDead = queue.name.hasSuffix(".dead")
                    let tone: Tone = isDead && queue.messages ?? 0 > 0 ? .bad : .plain
                    return [
                        .init(queue.name), .init(queue.messages.map(String.init) ?? "-", tone),
                        .init(queue.consumers.map(String.init) ?? "-", queue.consumers == 0 ? .waiting : .plain),
                    ]
                })
            let verdict =
                report.drift.isEmpty
                ? [style("the broker is as declared", .good)] : report.drift.map { style($0, .bad) }
            let limit = "bindings were not compared: set \(MissingBindings.managementURL)"
            return table.lines(style) + [""] + verdict
                + (report.bindingsCompared ? [] : [style(limit, .waiting)])
        }
    }
}
