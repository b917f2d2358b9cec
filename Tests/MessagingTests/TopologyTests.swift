import AMQP
import Commerce
import Testing

@testable import Messaging

@Suite("The queues of a service", .tags(.rabbitmq))
struct TopologyTests {
    @Test("every queue states its delivery limit: none has the broker's, which drops letters on RabbitMQ 4")
    func stated() {
        let topology = Topology.of(.returns, events: ["order.received"], replies: true)
        #expect(topology.queues.count == 8)
        for queue in topology.queues {
            let limit: Int64 = queue.name.hasSuffix(".dead") ? 1_000_000_000 : 20
            #expect(queue.arguments["x-delivery-limit"] == .int(limit))
        }
    }

    @Test("a letter is kept however often its drain loses it", .enabled(if: MessagingBench.isThere))
    func kept() async throws {
        try await MessagingBench.run { bench in
            let dead = Topology.deadQueue(bench.queue)
            try await bench.publisher.publish([AMQPMessage(exchange: "", routingKey: dead, body: Array("x".utf8))])
            let consumer = AMQPConsumer(
                bench.amqp, queue: dead, prefetch: 1, topology: bench.topology, logger: .quiet)
            for _ in 0..<60 {
                for delivery in try await consumer.next(max: 1) { consumer.reject(delivery, requeue: true) }
            }
            let last = try #require(try await consumer.next(max: 1).first)
            #expect(last.deliveryCount == 60)
            consumer.acknowledge(last)
            await consumer.close()
        }
    }
}
