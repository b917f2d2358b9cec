import Support
import Testing

@testable import AMQP

/// Confirms, returns and channel errors as the real broker sends them.
@Suite("Confirms and returns", .enabled(if: TestBroker.isAvailable), .timeLimit(.minutes(2)))
struct ConfirmTrapTests {
    @Test("one confirm can stand for many: a thousand publishes are answered by fewer frames, with none left open")
    func multiple() async throws {
        try await TestQueue.with("multiple") { queue, _ in
            let message = queue.message()
            let frames = try await OneShotLink(queue.configuration).run { link in
                try link.selectConfirms()
                var machine = PublisherMachine(window: 1000)
                machine.opened()
                let batch = machine.submit(Array(repeating: message, count: 1000), deadline: .now + .seconds(60))
                while let next = machine.next() { try link.publish(next.message, sequence: next.sequence) }
                var frames = 0
                while true {
                    guard case .acked(let tag, let multiple)? = try link.nextFrame() else { continue }
                    frames += 1
                    let ended = machine.confirmed(tag, multiple: multiple, accepted: true)
                    if ended.contains(where: { $0.batch == batch }) { return frames }
                }
            }
            #expect(frames < 1000)
        }
    }

    @Test("returned bodies of many frames are drained, each matched to its message, among stored ones")
    func largeReturns() async throws {
        try await TestQueue.with("returns") { queue, publisher in
            let body = [UInt8](repeating: 3, count: AMQPMessage.bodyMax)
            var messages = (0..<6).map { queue.message(key: $0.isMultiple(of: 2) ? "order.stored" : "nobody.listens") }
            for index in messages.indices { messages[index].body = body }
            let batch = messages
            let error = await #expect(throws: AMQPError.self) { try await publisher.publish(batch) }
            #expect(error?.failures == [1, 3, 5].map { PublishFailure(index: $0, reason: .unroutable) })
            try await publisher.publish([queue.message()])
            let depth = try await AMQPAdministration.queueDepth(queue.name, configuration: queue.configuration)
            #expect(depth?.messages == 4)
        }
    }

    @Test("a body over 1 MiB that others published arrives marked, without its body, and can be settled")
    func oversized() async throws {
        try await TestQueue.with("oversized") { queue, publisher in
            var message = queue.message()
            message.body = [UInt8](repeating: 1, count: AMQPMessage.bodyMax + 1)
            let tooLarge = message
            try await OneShotLink(queue.configuration).run { link in
                try link.selectConfirms()
                try link.publish(tooLarge, sequence: 1)
                while try link.nextFrame() == nil {}
            }
            try await publisher.publish([queue.message("after")])
            let consumer = queue.makeConsumer()
            let deliveries = try await consumer.collect(2)
            #expect(deliveries.map(\.isOversized) == [true, false])
            #expect(deliveries[0].body.isEmpty)
            consumer.acknowledge(deliveries)
            await consumer.close()
            let depth = try await AMQPAdministration.queueDepth(queue.name, configuration: queue.configuration)
            #expect(depth?.messages == 0)
        }
    }

    @Test("after the broker closes the channel the publisher opens another connection and goes on")
    func channelClosed() async throws {
        try await TestQueue.with("channel") { queue, _ in
            let log = LogLines()
            let publisher = AMQPPublisher(queue.configuration, logger: log.logger)
            try await publisher.publish([queue.message()])
            let error = await #expect(throws: AMQPError.self) {
                try await publisher.publish([AMQPMessage(exchange: "no.such.exchange", routingKey: "k", body: [])])
            }
            #expect(error?.code == .notFound)
            #expect(error?.retryability == .doNotRetry)
            #expect(error?.message.contains("404") == true)
            #expect(error?.failures == [PublishFailure(index: 0, reason: .unroutable)])
            try await publisher.publish([queue.message()])
            #expect(log.count(of: "connected to the broker") == 2)
            await publisher.close()
        }
    }

    @Test("publishes under way when the line breaks end as stored or as unknown, and every confirmed one is stored")
    func lineBreaks() async throws {
        let line = try #require(FlakyLine(to: try TestBroker.configuration().port))
        try await TestQueue.with("breaks") { queue, _ in
            var configuration = queue.configuration
            configuration.port = line.port
            let publisher = AMQPPublisher(configuration, logger: .quiet)
            var confirmed = 0
            for round in 0..<20 {
                let messages = (0..<200).map { queue.message("\(round).\($0)") }
                async let outcome: Void = publisher.publish(messages)
                if round.isMultiple(of: 3) { line.cut() }
                do {
                    try await outcome
                    confirmed += messages.count
                } catch let error as AMQPError {
                    let isUnsent = error.failures.allSatisfy { $0.reason == .notSent }
                    #expect(error.retryability == .unknownOutcome || isUnsent)
                    confirmed += messages.count - error.failures.count
                }
            }
            await publisher.close()
            let depth = try await AMQPAdministration.queueDepth(queue.name, configuration: queue.configuration)
            #expect((depth?.messages ?? 0) >= confirmed)
            #expect(confirmed > 0)
        }
    }
}
