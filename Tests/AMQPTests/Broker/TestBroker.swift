import AMQP
import Foundation
import Logging
import Testing

/// A real broker named by the environment; suites that need it are disabled without.
enum TestBroker {
    static let url = ProcessInfo.processInfo.environment["STATESET_TEST_AMQP_URL"]
    /// A command line prefix that runs `rabbitmqctl` against that broker.
    static let control = ProcessInfo.processInfo.environment["STATESET_TEST_RABBITMQCTL"]

    static var isAvailable: Bool { url != nil }
    static var isControllable: Bool { isAvailable && control != nil }

    static func configuration(_ name: String = "amqp-tests") throws -> AMQPConfiguration {
        try AMQPConfiguration(url: url ?? "", connectionName: name)
    }

    /// Runs one `rabbitmqctl` command to its end.
    static func control(_ arguments: String...) async throws -> String {
        let command = (control ?? "").split(separator: " ").map(String.init) + arguments
        let process = Process()
        // WHY: what is longer than a pipe holds would wait for a reader, and the reader for the end of the process.
        let output = FileManager.default.temporaryDirectory.appending(path: "control-\(UUID().uuidString)")
        try Data().write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardOutput = try FileHandle(forWritingTo: output)
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { process in
                let status = process.terminationStatus
                if status == 0 { ended.resume() } else { ended.resume(throwing: ControlFailed(status: status)) }
            }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        return String(decoding: try Data(contentsOf: output), as: UTF8.self)
    }

    /// Runs `body` in a virtual host of its own, so that `rabbitmqctl` reaches nobody else's connections.
    static func withVirtualHost(_ body: (AMQPConfiguration) async throws -> Void) async throws {
        var configuration = try configuration()
        configuration.virtualHost = "test-\(UUID().uuidString.prefix(8))"
        _ = try await control("add_vhost", configuration.virtualHost)
        _ = try await control("set_permissions", "-p", configuration.virtualHost, configuration.user, ".*", ".*", ".*")
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(configuration)) } catch { outcome = .failure(error) }
        _ = try await control("delete_vhost", configuration.virtualHost)
        try outcome.get()
    }

    static func closeConnections(of configuration: AMQPConfiguration) async throws {
        _ = try await control("close_all_connections", "-p", configuration.virtualHost, "test")
    }

    struct ControlFailed: Error {
        var status: Int32
    }
}

/// One at a time: some raise alarms that stop every publisher of the broker.
@Suite("With a broker", .serialized, .enabled(if: TestBroker.isAvailable))
enum BrokerTests {}

/// A queue, and its dead-letter queue, of one test's own.
struct TestQueue {
    let name: String
    let topology: AMQPTopology
    let configuration: AMQPConfiguration

    var dead: String { "\(name).dead" }
    var exchange: String { "\(name).exchange" }

    init(_ purpose: String, deliveryLimit: Int64? = nil, on configuration: AMQPConfiguration? = nil) throws {
        self.configuration = try configuration ?? TestBroker.configuration()
        name = "test.\(purpose).\(UUID().uuidString.prefix(8))"
        var arguments: [String: AMQPValue] = ["x-queue-type": "quorum"]
        if let deliveryLimit {
            arguments["x-delivery-limit"] = .int(deliveryLimit)
            arguments["x-dead-letter-exchange"] = ""
            arguments["x-dead-letter-routing-key"] = .string("\(name).dead")
        }
        topology = AMQPTopology(
            exchanges: [.init(name: "\(name).exchange", kind: .topic)],
            queues: [
                .init(name: "\(name).dead", arguments: ["x-queue-type": "quorum"]),
                .init(name: name, arguments: arguments),
            ],
            bindings: [.init(queue: name, exchange: "\(name).exchange", routingKey: "order.*")])
    }

    /// Declares the topology, runs the test with a publisher, and removes everything again.
    static func with(
        _ purpose: String, deliveryLimit: Int64? = nil, timeLimit: Duration = .seconds(30),
        on configuration: AMQPConfiguration? = nil,
        _ body: (TestQueue, AMQPPublisher) async throws -> Void
    ) async throws {
        let queue = try TestQueue(purpose, deliveryLimit: deliveryLimit, on: configuration)
        try await AMQPAdministration.declare(queue.topology, configuration: queue.configuration)
        let publisher = AMQPPublisher(queue.configuration, logger: .quiet, timeLimit: timeLimit)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(queue, publisher)) } catch { outcome = .failure(error) }
        await publisher.close()
        try await queue.remove()
        try outcome.get()
    }

    func makeConsumer(_ queue: String? = nil, prefetch: Int = 100) -> AMQPConsumer {
        AMQPConsumer(
            configuration, queue: queue ?? name, prefetch: prefetch, topology: topology, logger: .quiet)
    }

    func message(_ text: String = "hello", key: String = "order.received") -> AMQPMessage {
        AMQPMessage(exchange: exchange, routingKey: key, body: Array(text.utf8), messageID: UUID().uuidString)
    }

    private func remove() async throws {
        for queue in topology.queues {
            try await AMQPAdministration.deleteQueue(queue.name, configuration: configuration)
        }
        for exchange in topology.exchanges {
            try await AMQPAdministration.deleteExchange(exchange.name, configuration: configuration)
        }
    }
}

extension AMQPConsumer {
    /// Takes `count` deliveries without settling them.
    func collect(_ count: Int) async throws -> [AMQPDelivery] {
        var collected: [AMQPDelivery] = []
        while collected.count < count { collected += try await next(max: count - collected.count) }
        return collected
    }
}

extension Logger {
    static let quiet = Logger(label: "amqp-tests") { _ in SwiftLogNoOpLogHandler() }
}
