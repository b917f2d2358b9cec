import AMQP
import Testing

extension BrokerTests {
    @Suite("Recovery")
    struct RecoveryTests {
        @Test("a consumer whose queue is deleted declares it anew and goes on")
        func queueDeleted() async throws {
            try await TestQueue.with("deleted") { queue, publisher in
                try await publisher.publish([queue.message("before")])
                let consumer = queue.makeConsumer()
                consumer.acknowledge(try await consumer.next(max: 1))
                let waiting = Task { try await consumer.next(max: 1) }
                try await AMQPAdministration.deleteQueue(queue.name, configuration: queue.configuration)
                try await publisher.publishWhenRoutable(queue.message("after"))
                #expect(try await waiting.value.map(\.body) == [Array("after".utf8)])
                await consumer.close()
            }
        }

        @Test(
            "publisher and consumer reconnect when the broker closes all connections, and nothing unsettled is lost",
            .enabled(if: TestBroker.isControllable))
        func connectionsClosed() async throws {
            try await TestBroker.withVirtualHost { configuration in
                try await TestQueue.with("closed-by-broker", on: configuration) { queue, publisher in
                    try await publisher.publish([queue.message("one"), queue.message("two")])
                    let consumer = queue.makeConsumer()
                    let before = try await consumer.collect(2)
                    consumer.acknowledge(before[0])
                    let waiting = Task { try await consumer.next(max: 10) }
                    try await TestBroker.closeConnections(of: configuration)
                    let again = try await waiting.value
                    #expect(again.contains { $0.body == Array("two".utf8) && $0.redelivered })
                    #expect(again.allSatisfy { $0.epoch > before[0].epoch })
                    consumer.acknowledge(before[1])
                    consumer.acknowledge(again)
                    try await publisher.publish([queue.message("three")])
                    #expect(try await consumer.collect(1).map(\.body) == [Array("three".utf8)])
                    await consumer.close()
                }
            }
        }

        @Test(
            "publishes under way when the broker closes the connection end as stored or as unknown",
            .enabled(if: TestBroker.isControllable))
        func closedUnderLoad() async throws {
            try await TestBroker.withVirtualHost { configuration in
                try await TestQueue.with("under-load", on: configuration) { queue, publisher in
                    let load = Task {
                        var confirmed = 0
                        while !Task.isCancelled {
                            do {
                                try await publisher.publish((0..<50).map { queue.message("\($0)") })
                                confirmed += 50
                            } catch let error as AMQPError {
                                #expect(error.code == .connectionLost)
                                #expect(error.retryability == .unknownOutcome)
                                confirmed += 50 - error.failures.count
                            }
                        }
                        return confirmed
                    }
                    for _ in 0..<3 { try await TestBroker.closeConnections(of: configuration) }
                    load.cancel()
                    let confirmed = try await load.value
                    let depth = try await AMQPAdministration.queueDepth(queue.name, configuration: queue.configuration)
                    #expect((depth?.messages ?? 0) >= confirmed)
                    #expect(confirmed > 0)
                }
            }
        }

        @Test(
            "a broker out of memory ends publishes as blocked or unknown, and they work again afterwards",
            .enabled(if: TestBroker.isControllable))
        func memoryAlarm() async throws {
            try await TestQueue.with("alarm", timeLimit: .seconds(1)) { queue, publisher in
                try await publisher.publish([queue.message()])
                _ = try await TestBroker.control("set_vm_memory_high_watermark", "0.000001")
                let first = await #expect(throws: AMQPError.self) { try await publisher.publish([queue.message()]) }
                #expect(first?.code == .timeout)
                #expect(first?.retryability == .unknownOutcome)
                let second = await #expect(throws: AMQPError.self) { try await publisher.publish([queue.message()]) }
                #expect(second?.code == .blocked)
                #expect(second?.retryability == .retry)
                #expect(second?.failures == [PublishFailure(index: 0, reason: .notSent)])
                _ = try await TestBroker.control("set_vm_memory_high_watermark", "0.4")
                try await publisher.publish([queue.message()])
            }
        }

        @Test("without a broker a publish ends as not connected, nothing sent")
        func noBroker() async throws {
            // The discard port of the loopback refuses connections.
            let configuration = try AMQPConfiguration(url: "amqp://127.0.0.1:9", connectionName: "nobody")
            let publisher = AMQPPublisher(configuration, logger: .quiet, timeLimit: .milliseconds(300))
            let error = await #expect(throws: AMQPError.self) {
                try await publisher.publish([AMQPMessage(exchange: "", routingKey: "q", body: [])])
            }
            #expect(error?.code == .notConnected)
            #expect(error?.retryability == .retry)
            #expect(!publisher.isConnected)
            await publisher.close()
        }
    }
}

extension AMQPPublisher {
    /// Publishes as soon as the message reaches a queue; each attempt waits for the broker's answer.
    fileprivate func publishWhenRoutable(_ message: AMQPMessage) async throws {
        while true {
            do {
                return try await publish([message])
            } catch let error as AMQPError where error.code == .unroutable {
                continue
            }
        }
    }
}
