import Foundation
import Support
import Testing

@testable import AMQP

/// Peers that say nothing any more. Real time passes here: heartbeats, and the watchdog's ten seconds.
@Suite("Silence", .enabled(if: TestBroker.isAvailable), .timeLimit(.minutes(2)))
struct SilenceTrapTests {
    /// The shortest heartbeat there is; a peer is given up after two.
    private func brisk(_ line: FlakyLine? = nil) throws -> AMQPConfiguration {
        var configuration = try TestBroker.configuration()
        configuration.heartbeatSeconds = 5
        if let line { configuration.port = line.port }
        return configuration
    }

    private func makeLine() throws -> FlakyLine {
        try #require(FlakyLine(to: try TestBroker.configuration().port))
    }

    @Test("an idle connection outlives its heartbeats, while the broker ends one whose owner does nothing")
    func idle() async throws {
        try await TestQueue.with("idle", on: brisk()) { queue, _ in
            let log = LogLines()
            let publisher = AMQPPublisher(queue.configuration, logger: log.logger)
            let consumer = queue.makeConsumer()
            try await publisher.publish([queue.message("before")])
            let before = try #require(try await consumer.next(max: 1).first)
            consumer.acknowledge(before)
            // The library sends no heartbeats by itself: the broker hangs up on this one.
            let isEnded = try await OneShotLink(queue.configuration).run { link in link.isEnded(within: 60) }
            #expect(isEnded)
            try await publisher.publish([queue.message("after")])
            let after = try #require(try await consumer.next(max: 1).first)
            #expect(after.epoch == before.epoch)
            #expect(log.count(of: "connected to the broker") == 1)
            await consumer.close()
            await publisher.close()
        }
    }

    @Test("a broker that falls silent is given up after two heartbeats, and the next publish goes another way")
    func silentBroker() async throws {
        let line = try makeLine()
        try await TestQueue.with("silent") { queue, _ in
            let log = LogLines()
            let publisher = AMQPPublisher(try brisk(line), logger: log.logger)
            try await publisher.publish([queue.message()])
            line.stall()
            await log.wait(for: "lost the broker connection")
            try await publisher.publish([queue.message()])
            await publisher.close()
            let depth = try await AMQPAdministration.queueDepth(queue.name, configuration: queue.configuration)
            #expect(depth?.messages == 2)
        }
    }

    @Test("a publish that the library would let hang once the heartbeats are overdue is cut by the watchdog")
    func overdueHeartbeat() async throws {
        let line = try makeLine()
        let configuration = try brisk(line)
        let error = await #expect(throws: AMQPError.self) {
            try await OneShotLink(configuration).run { (link) -> Void in
                line.stall()
                _ = link.isEnded(within: 11)
                let message = AMQPMessage(exchange: "", routingKey: "nobody", body: [1])
                // Version 0.11 waits without end for a frame in here.
                while true { try link.publish(message, sequence: 1) }
            }
        }
        #expect(error?.code == .connectionLost)
    }

    @Test("a broker that stops reading cannot hang a publish, whose outcome is unknown then")
    func notReading() async throws {
        let line = try makeLine()
        try await TestQueue.with("not-reading") { queue, _ in
            let publisher = AMQPPublisher(try brisk(line), logger: .quiet, timeLimit: .seconds(25))
            try await publisher.publish([queue.message()])
            line.stall()
            var large = queue.message()
            large.body = [UInt8](repeating: 7, count: AMQPMessage.bodyMax)
            let error = await #expect(throws: AMQPError.self) {
                try await publisher.publish(Array(repeating: large, count: 24))
            }
            #expect(error?.retryability == .unknownOutcome)
            try await publisher.publish([queue.message()])
            await publisher.close()
        }
    }

    @Test("a delivery that stops half-way comes again, whole, over another connection")
    func halfDelivery() async throws {
        let line = try makeLine()
        try await TestQueue.with("half") { queue, publisher in
            var large = queue.message()
            large.body = (0..<AMQPMessage.bodyMax).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let consumer = AMQPConsumer(
                try brisk(line), queue: queue.name, prefetch: 10, topology: queue.topology, logger: .quiet)
            try await publisher.publish([queue.message("small")])
            let first = try #require(try await consumer.next(max: 1).first)
            line.stall(after: 300_000)
            try await publisher.publish([large])
            let again = try await consumer.collect(2)
            #expect(again.contains { $0.body == large.body })
            #expect(again.allSatisfy { $0.epoch > first.epoch })
            await consumer.close()
        }
    }

    @Test("closing does not wait for a dead peer")
    func closing() async throws {
        let line = try makeLine()
        try await TestQueue.with("closing") { queue, _ in
            var configuration = queue.configuration
            configuration.port = line.port
            let publisher = AMQPPublisher(configuration, logger: .quiet)
            let consumer = AMQPConsumer(
                configuration, queue: queue.name, prefetch: 1, topology: queue.topology, logger: .quiet)
            try await publisher.publish([queue.message()])
            consumer.acknowledge(try await consumer.next(max: 1))
            line.stall()
            await publisher.close()
            await consumer.close()
            let error = await #expect(throws: AMQPError.self) { try await publisher.publish([queue.message()]) }
            #expect(error?.code == .closed)
        }
    }

    @Test("a peer that takes the connection and never says a word ends as not connected")
    func mutePeer() async throws {
        let line = try #require(FlakyLine(to: nil))
        try await expectNotConnected(port: line.port)
        withExtendedLifetime(line) {}
    }

    @Test("a host that answers no connection attempt ends as not connected")
    func unansweredAttempt() async throws {
        // A full backlog drops further attempts, as a firewall does.
        let (listener, port) = try #require(Loopback.listen(backlog: 0))
        let fillers = (0..<4).map { _ in Loopback.connect(to: port, waits: false) }
        try await expectNotConnected(port: port)
        for descriptor in fillers.compactMap(\.self) + [listener] { close(descriptor) }
    }

    private func expectNotConnected(port: Int) async throws {
        var configuration = try TestBroker.configuration()
        configuration.port = port
        let publisher = AMQPPublisher(configuration, logger: .quiet, timeLimit: .seconds(1))
        let error = await #expect(throws: AMQPError.self) {
            try await publisher.publish([AMQPMessage(exchange: "", routingKey: "q", body: [])])
        }
        #expect(error?.code == .notConnected)
        #expect(error?.retryability == .retry)
        await publisher.close()
    }
}

/// `POLLRDHUP`, which Swift's Glibc module leaves out: the peer has closed its side.
private let pollHangUp: Int16 = 0x2000

extension BrokerLink {
    /// Does nothing, heartbeats neither, until the broker hangs up or the seconds are over.
    fileprivate func isEnded(within seconds: Int32) -> Bool {
        var polled = pollfd(fd: descriptor, events: pollHangUp, revents: 0)
        return poll(&polled, 1, seconds * 1000) == 1
    }
}
