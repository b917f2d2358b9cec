import AMQP
import Testing

extension BrokerTests {
    @Suite("Topology")
    struct TopologyTests {
        @Test("declaring the same twice is fine")
        func twice() async throws {
            try await TestQueue.with("twice") { queue, _ in
                try await AMQPAdministration.declare(queue.topology, configuration: queue.configuration)
                #expect(try await AMQPAdministration.check(queue.topology, configuration: queue.configuration).isEmpty)
            }
        }

        @Test("declaring a queue that exists with other arguments is an error that names it and the argument")
        func mismatch() async throws {
            try await TestQueue.with("mismatch", deliveryLimit: 3) { queue, _ in
                var other = queue.topology.queues[1]
                other.arguments["x-delivery-limit"] = 9
                let changed = AMQPTopology(queues: [other])
                let error = await #expect(throws: AMQPError.self) {
                    try await AMQPAdministration.declare(changed, configuration: queue.configuration)
                }
                #expect(error?.code == .preconditionFailed)
                #expect(error?.retryability == .doNotRetry)
                #expect(error?.message.contains(queue.name) == true)
                #expect(error?.message.contains("x-delivery-limit") == true)
            }
        }

        @Test("a check names what is missing and what differs, and creates nothing")
        func check() async throws {
            try await TestQueue.with("check", deliveryLimit: 3) { queue, _ in
                let missing = "\(queue.name).missing"
                let topology = AMQPTopology(
                    exchanges: [.init(name: queue.exchange, kind: .direct), .init(name: missing, kind: .topic)],
                    queues: [.init(name: queue.name, arguments: ["x-queue-type": "quorum"]), .init(name: missing)])
                for _ in 0..<2 {
                    let drifts = try await AMQPAdministration.check(topology, configuration: queue.configuration)
                    #expect(drifts.map(\.name) == [queue.exchange, missing, queue.name, missing])
                    #expect(drifts.map { $0.difference == .missing } == [false, true, false, true])
                }
            }
        }

        @Test("the depth of a queue that does not exist is nil")
        func noQueue() async throws {
            let configuration = try TestBroker.configuration()
            #expect(try await AMQPAdministration.queueDepth("test.no-such-queue", configuration: configuration) == nil)
        }

        @Test("a consumer of a mismatched queue is told so instead of waiting for ever")
        func consumerMismatch() async throws {
            try await TestQueue.with("consumer-mismatch", deliveryLimit: 3) { queue, _ in
                let other = AMQPTopology(queues: [.init(name: queue.name, arguments: ["x-queue-type": "quorum"])])
                let consumer = AMQPConsumer(
                    queue.configuration, queue: queue.name, prefetch: 1, topology: other, logger: .quiet)
                let error = await #expect(throws: AMQPError.self) { _ = try await consumer.next(max: 1) }
                #expect(error?.code == .preconditionFailed)
                await consumer.close()
            }
        }

        @Test("a wrong password is refused access, for good")
        func wrongPassword() async throws {
            var configuration = try TestBroker.configuration()
            configuration.password += "-wrong"
            let publisher = AMQPPublisher(configuration, logger: .quiet)
            let error = await #expect(throws: AMQPError.self) {
                try await publisher.publish([AMQPMessage(exchange: "", routingKey: "q", body: [])])
            }
            #expect(error?.code == .accessRefused)
            #expect(error?.retryability == .doNotRetry)
            await publisher.close()
        }
    }
}
