import AMQP
import Foundation
import Testing

extension BrokerTests {
    @Suite("Publishing and consuming")
    struct RoundTripTests {
        @Test("a message arrives with its body, properties and headers")
        func roundTrip() async throws {
            try await TestQueue.with("round-trip") { queue, publisher in
                let headers: [String: AMQPValue] = [
                    "text": "ä", "number": -5, "flag": true, "real": .double(1.5), "raw": .bytes([0, 255]),
                    "time": .timestamp(Date(timeIntervalSince1970: 1_700_000_000)), "list": .array(["a", 1]),
                    "table": .table(["k": "v"]), "nothing": .null,
                ]
                var message = queue.message("{}")
                message.correlationID = "saga-1"
                message.type = "order.received"
                message.headers = headers
                try await publisher.publish([message])

                let consumer = queue.makeConsumer()
                let delivery = try #require(try await consumer.next(max: 10).first)
                #expect(delivery.body == message.body)
                #expect(delivery.messageID == message.messageID)
                #expect(delivery.correlationID == "saga-1")
                #expect(delivery.type == "order.received")
                #expect(delivery.contentType == "application/cloudevents+json")
                #expect(delivery.exchange == queue.exchange)
                #expect(delivery.routingKey == "order.received")
                #expect(delivery.deliveryCount == 0)
                #expect(!delivery.redelivered)
                #expect(delivery.headers.filter { $0.key != "publish-sequence" } == headers)
                consumer.acknowledge(delivery)
                await consumer.close()
                let depth = try await AMQPAdministration.queueDepth(queue.name, configuration: queue.configuration)
                // The broker forgets the consumer of a closed connection only some time after the close.
                #expect(depth?.messages == 0)
            }
        }

        @Test("a message that reaches no queue is an error that names it; the others of the call are stored")
        func unroutable() async throws {
            try await TestQueue.with("unroutable") { queue, publisher in
                let messages = [queue.message(), queue.message(key: "nobody.listens"), queue.message()]
                let error = await #expect(throws: AMQPError.self) { try await publisher.publish(messages) }
                #expect(error?.code == .unroutable)
                #expect(error?.retryability == .doNotRetry)
                #expect(error?.failures == [PublishFailure(index: 1, reason: .unroutable)])
                let depth = try await AMQPAdministration.queueDepth(queue.name, configuration: queue.configuration)
                #expect(depth?.messages == 2)
            }
        }

        @Test("30,000 messages of many concurrent calls are all confirmed, and all arrive")
        func load() async throws {
            try await TestQueue.with("load") { queue, publisher in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for call in 0..<300 {
                        group.addTask {
                            try await publisher.publish((0..<100).map { queue.message("\(call * 100 + $0)") })
                        }
                    }
                    try await group.waitForAll()
                }
                let consumer = queue.makeConsumer(prefetch: 500)
                var seen: Set<[UInt8]> = []
                while seen.count < 30_000 {
                    let deliveries = try await consumer.next(max: 200)
                    seen.formUnion(deliveries.map(\.body))
                    consumer.acknowledge(deliveries)
                }
                await consumer.close()
                let depth = try await AMQPAdministration.queueDepth(queue.name, configuration: queue.configuration)
                #expect(depth?.messages == 0)
            }
        }

        @Test("a body of exactly 1 MiB goes through unchanged; a larger one is refused before anything is sent")
        func large() async throws {
            try await TestQueue.with("large") { queue, publisher in
                var message = queue.message()
                message.body = (0..<AMQPMessage.bodyMax).map { UInt8(truncatingIfNeeded: $0 &* 31) }
                try await publisher.publish([message])
                let consumer = queue.makeConsumer()
                let delivery = try #require(try await consumer.next(max: 1).first)
                #expect(delivery.body == message.body)
                #expect(!delivery.isOversized)
                await consumer.close()

                message.body.append(0)
                let error = await #expect(throws: AMQPError.self) { try await publisher.publish([message]) }
                #expect(error?.code == .tooLarge)
            }
        }

        @Test("no more than the prefetch is delivered before something is settled")
        func prefetch() async throws {
            try await TestQueue.with("prefetch") { queue, publisher in
                try await publisher.publish((0..<5).map { queue.message("\($0)") })
                let consumer = queue.makeConsumer(prefetch: 2)
                let first = try await consumer.collect(2)
                let third = Task { try await consumer.next(max: 10) }
                consumer.acknowledge(first[0])
                let deliveries = try await third.value
                #expect(deliveries.map(\.body) == [Array("2".utf8)])
                await consumer.close()
            }
        }

        @Test("a cancelled consumer hands out what it has and then nothing; closing returns the rest")
        func cancel() async throws {
            try await TestQueue.with("cancel") { queue, publisher in
                try await publisher.publish((0..<4).map { queue.message("\($0)") })
                let consumer = queue.makeConsumer(prefetch: 4)
                let first = try await consumer.collect(1)
                await consumer.cancel()
                var rest: [AMQPDelivery] = []
                while case let more = try await consumer.next(max: 2), !more.isEmpty { rest += more }
                consumer.acknowledge(first)
                await consumer.close()
                #expect(try await consumer.next(max: 1).isEmpty)
                let depth = try await AMQPAdministration.queueDepth(queue.name, configuration: queue.configuration)
                #expect(depth == AMQPQueueDepth(messages: 3, consumers: 0))
            }
        }

        @Test("cancelling the task that waits for a delivery ends its wait, and the delivery goes to the next caller")
        func cancelledTask() async throws {
            try await TestQueue.with("cancelled-task") { queue, publisher in
                let consumer = queue.makeConsumer()
                let waiting = Task { try await consumer.next(max: 1) }
                waiting.cancel()
                await #expect(throws: CancellationError.self) { _ = try await waiting.value }
                try await publisher.publish([queue.message("kept")])
                #expect(try await consumer.next(max: 1).map(\.body) == [Array("kept".utf8)])
                await consumer.close()
            }
        }

        @Test("a task that is cancelled before it waits does not wait")
        func cancelledBefore() async throws {
            try await TestQueue.with("cancelled-before") { queue, _ in
                let consumer = queue.makeConsumer()
                let waiting = Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    return try await consumer.next(max: 1)
                }
                await #expect(throws: CancellationError.self) { _ = try await waiting.value }
                await consumer.close()
            }
        }

        @Test("publishing after close is refused")
        func closed() async throws {
            try await TestQueue.with("closed") { queue, publisher in
                await publisher.close()
                let error = await #expect(throws: AMQPError.self) { try await publisher.publish([queue.message()]) }
                #expect(error?.code == .closed)
            }
        }
    }
}
