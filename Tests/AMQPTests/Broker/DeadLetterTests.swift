import AMQP
import Testing

extension BrokerTests {
    @Suite("Rejecting")
    struct DeadLetterTests {
        @Test(
            "a delivery limit of N gives N + 1 deliveries with a rising count, then a dead letter", arguments: [0, 2])
        func limit(_ limit: Int) async throws {
            try await TestQueue.with("limit", deliveryLimit: Int64(limit)) { queue, publisher in
                try await publisher.publish([queue.message("poison")])
                let consumer = queue.makeConsumer()
                var counts: [Int] = []
                for _ in 0...limit {
                    let delivery = try #require(try await consumer.next(max: 1).first)
                    counts.append(delivery.deliveryCount)
                    consumer.reject(delivery, requeue: true)
                }
                #expect(counts == Array(0...limit))
                await consumer.close()

                let dead = queue.makeConsumer(queue.dead)
                let delivery = try #require(try await dead.next(max: 1).first)
                #expect(delivery.body == Array("poison".utf8))
                let death = try #require(delivery.headers["x-death"]?.array?.first?.table)
                #expect(death["queue"]?.string == queue.name)
                #expect(death["reason"]?.string == "delivery_limit")
                await dead.close()
            }
        }

        @Test("a rejected message that is not requeued is dead-lettered at once")
        func rejected() async throws {
            try await TestQueue.with("rejected", deliveryLimit: 5) { queue, publisher in
                try await publisher.publish([queue.message()])
                let consumer = queue.makeConsumer()
                let delivery = try #require(try await consumer.next(max: 1).first)
                consumer.reject(delivery, requeue: false)
                let dead = queue.makeConsumer(queue.dead)
                let letter = try #require(try await dead.next(max: 1).first)
                #expect(letter.headers["x-death"]?.array?.first?.table?["reason"]?.string == "rejected")
                await consumer.close()
                await dead.close()
            }
        }

        @Test("a full queue that rejects publishes nacks them, and names them")
        func nacked() async throws {
            try await TestQueue.with("full") { queue, publisher in
                let full = AMQPTopology.Queue(
                    name: "\(queue.name).full",
                    arguments: ["x-queue-type": "quorum", "x-max-length": 1, "x-overflow": "reject-publish"])
                try await AMQPAdministration.declare(.init(queues: [full]), configuration: queue.configuration)
                let message = AMQPMessage(exchange: "", routingKey: full.name, body: [1])
                // The limit is enforced loosely, so some of these pass; a full queue then refuses the rest.
                let error = await #expect(throws: AMQPError.self) {
                    for _ in 0..<20 { try await publisher.publish([message]) }
                }
                #expect(error?.code == .nacked)
                #expect(error?.failures == [PublishFailure(index: 0, reason: .nacked)])
                try await AMQPAdministration.deleteQueue(full.name, configuration: queue.configuration)
            }
        }
    }
}
