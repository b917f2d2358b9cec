import AMQP
import Commerce
import Foundation
import HTTPTransport
import Logging
import Messaging
import Testing

@testable import CLI

extension Tag {
    @Tag static var rabbitmq: Self
}

@Suite("Repairing the topology", .tags(.rabbitmq), .enabled(if: RepairBench.isThere))
struct TopologyRepairTests {
    @Test("what is missing is declared and bound, and then there is nothing to do")
    func missing() async throws {
        try await RepairBench.run { bench in
            let steps = try await bench.repair.repair(bench.wanted)
            #expect(Set(steps.map(\.name)) == [bench.name] && steps.allSatisfy { $0.outcome == .declared })
            try await bench.publish(1)
            #expect(try await bench.depth() == 1)
            #expect(try await bench.repair.repair(bench.wanted).isEmpty)
        }
    }

    @Test("a queue in another form is rebuilt with its messages and its bindings")
    func rebuilt() async throws {
        try await RepairBench.run { bench in
            try await bench.declare(deliveryLimit: 3)
            try await bench.publish(250)
            let steps = try await bench.repair.repair(bench.wanted)
            #expect(steps == [.init(name: bench.name, outcome: .rebuilt(moved: 250))])
            #expect(try await AMQPAdministration.check(bench.wanted, configuration: bench.configuration).isEmpty)
            try await bench.publish(1)
            let (kept, moving) = try await (bench.depth(), bench.depth(of: "\(bench.name).moving"))
            #expect(kept == 251 && moving == nil)
        }
    }

    @Test("what a repair that was cut short left is brought back")
    func leftover() async throws {
        try await RepairBench.run { bench in
            try await bench.declare(deliveryLimit: 9, name: "\(bench.name).moving")
            try await bench.publish(5)
            let steps = try await bench.repair.repair(bench.wanted)
            #expect(steps.first == .init(name: bench.name, outcome: .rebuilt(moved: 5)))
            try await bench.publish(1)
            let (kept, moving) = try await (bench.depth(), bench.depth(of: "\(bench.name).moving"))
            #expect(kept == 6 && moving == nil)
        }
    }

    @Test("the dead letters of an earlier build, whose queue states no delivery limit, are kept in one that does")
    func deadLetters() async throws {
        try await RepairBench.run { bench in
            try await bench.declare(deliveryLimit: nil)
            try await bench.publish(3)
            var wanted = bench.wanted
            wanted.queues[0].arguments = Topology.keepingArguments
            #expect(wanted.queues[0].moving.arguments == Topology.keepingArguments)
            let drift = try await AMQPAdministration.check(wanted, configuration: bench.configuration)
            #expect(drift.map(\.name) == [bench.name] && drift.first?.difference != .missing)
            let steps = try await bench.repair.repair(wanted)
            #expect(steps == [.init(name: bench.name, outcome: .rebuilt(moved: 3))])
            #expect(try await AMQPAdministration.check(wanted, configuration: bench.configuration).isEmpty)
            #expect(try await bench.depth() == 3)
        }
    }

    @Test("a binding that is missing is found, and the repair binds it")
    func binding() async throws {
        try await RepairBench.run { bench in
            try await bench.declare(deliveryLimit: 20)
            let check = MissingBindings(configuration: bench.configuration, bindings: bench.repair.bindings)
            #expect(try await check.of(bench.wanted) == [])
            let wanted = bench.wanted.bindings
            try await AMQPAdministration.declare(
                AMQPTopology(formerBindings: wanted), configuration: bench.configuration)
            #expect(try await AMQPAdministration.check(bench.wanted, configuration: bench.configuration).isEmpty)
            #expect(try await check.of(bench.wanted) == wanted)
            let bound = TopologyRepair.Outcome.bound(exchange: wanted[0].exchange, routingKey: "order.*")
            #expect(try await bench.repair.repair(bench.wanted) == [.init(name: bench.name, outcome: bound)])
            #expect(try await check.of(bench.wanted) == [])
            try await bench.publish(1)
            #expect(try await bench.depth() == 1)
        }
    }

    @Test("where nobody tells what is bound, nothing is said of it; a queue that is not there is no missing binding")
    func untold() async throws {
        try await RepairBench.run { bench in
            let told = MissingBindings(configuration: bench.configuration, bindings: bench.repair.bindings)
            #expect(try await told.of(bench.wanted) == [])
            try await bench.declare(deliveryLimit: 20)
            let untold = MissingBindings(configuration: bench.configuration) { _ in nil }
            #expect(try await untold.of(bench.wanted) == nil)
        }
    }

    @Test("every queue of every service is bound, the event queues to what is listened to")
    func declared() {
        let topologies = DeclaredTopology.all
        for topology in topologies {
            let bound = Set(topology.bindings.map(\.queue))
            #expect(Set(topology.queues.map(\.name)) == bound)
        }
        let events = topologies.flatMap(\.bindings).filter { $0.exchange == Topology.events }
        #expect(Set(events.map(\.queue)).count == 5 && events.count > 30)
        let wanted = AMQPTopology.Binding(
            queue: "order-ingest.events", exchange: Topology.events, routingKey: "shipment.shipped")
        #expect(events.contains(wanted) && !events.contains { $0.routingKey == "#" })
    }

    @Test("a queue that somebody consumes, or whose bindings nobody knows, is left with what to do first")
    func left() async throws {
        try await RepairBench.run { bench in
            try await bench.declare(deliveryLimit: 3)
            let blind = TopologyRepair(configuration: bench.configuration, logger: .silent) { _ in nil }
            #expect(try await blind.repair(bench.wanted).map(\.isLeft) == [true])
            let consumer = AMQPConsumer(
                bench.configuration, queue: bench.name, prefetch: 1, topology: AMQPTopology(), logger: .silent)
            try await bench.publish(1)
            let delivery = try await consumer.next(max: 1)
            #expect(try await bench.repair.repair(bench.wanted).map(\.isLeft) == [true])
            consumer.acknowledge(delivery)
            await consumer.close()
        }
    }
}

/// A queue and an exchange of its own on a real broker with its management interface.
private struct RepairBench: Sendable {
    private static let environment = ProcessInfo.processInfo.environment
    static var isThere: Bool {
        environment["STATESET_TEST_AMQP_URL"] != nil && environment["STATESET_TEST_RABBITMQ_MANAGEMENT_URL"] != nil
    }

    let name: String
    let configuration: AMQPConfiguration
    let repair: TopologyRepair
    private let publisher: AMQPPublisher

    private var exchange: String { "\(name).exchange" }
    var wanted: AMQPTopology { topology(name, deliveryLimit: 20) }

    static func run(_ test: (RepairBench) async throws -> Void) async throws {
        let bench = try RepairBench()
        do {
            try await bench.begin()
            try await test(bench)
        } catch {
            try await bench.end()
            throw error
        }
        try await bench.end()
    }

    private init() throws {
        name = "test.repair.\(UUIDv7.make().uuidString.lowercased())"
        configuration = try AMQPConfiguration(
            url: Self.environment["STATESET_TEST_AMQP_URL"] ?? "", connectionName: "repair-tests")
        let management = try #require(
            BrokerManagement(
                url: Self.environment["STATESET_TEST_RABBITMQ_MANAGEMENT_URL"] ?? "",
                virtualHost: configuration.virtualHost, http: CurlHTTPClient(logger: .silent)))
        repair = TopologyRepair(configuration: configuration, logger: .silent) { try await management.bindings(of: $0) }
        publisher = AMQPPublisher(configuration, logger: .silent)
    }

    private func begin() async throws {
        try await AMQPAdministration.declare(
            AMQPTopology(exchanges: [.init(name: exchange, kind: .topic)]), configuration: configuration)
    }

    private func end() async throws {
        await publisher.close()
        for queue in [name, "\(name).moving"] {
            try await AMQPAdministration.deleteQueue(queue, configuration: configuration)
        }
        try await AMQPAdministration.deleteExchange(exchange, configuration: configuration)
    }

    private func topology(_ queue: String, deliveryLimit: Int64?) -> AMQPTopology {
        var arguments: [String: AMQPValue] = ["x-queue-type": .string("quorum")]
        arguments["x-delivery-limit"] = deliveryLimit.map { .int($0) }
        return AMQPTopology(
            exchanges: [.init(name: exchange, kind: .topic)], queues: [.init(name: queue, arguments: arguments)],
            bindings: [.init(queue: queue, exchange: exchange, routingKey: "order.*")])
    }

    func declare(deliveryLimit: Int64?, name: String? = nil) async throws {
        try await AMQPAdministration.declare(
            topology(name ?? self.name, deliveryLimit: deliveryLimit), configuration: configuration)
    }

    func publish(_ count: Int) async throws {
        let messages = (0..<count).map { number in
            AMQPMessage(
                exchange: exchange, routingKey: "order.received", body: Array("{\"n\":\(number)}".utf8),
                messageID: "\(number)", correlationID: nil, type: "order.received")
        }
        try await publisher.publish(messages)
    }

    func depth(of queue: String? = nil) async throws -> Int? {
        try await AMQPAdministration.queueDepth(queue ?? name, configuration: configuration)?.messages
    }
}
