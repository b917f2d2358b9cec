import Foundation
import Support
import Testing

@testable import AMQP

/// What only the owner of a broker can bring about; these run one at a time, after the others.
@Suite("A broker under control", .serialized, .enabled(if: TestBroker.isControllable), .timeLimit(.minutes(2)))
struct ControlledTrapTests {
    @Test("the log-in asks for the notices that the library leaves out, and for its own heartbeat and frame size")
    func logIn() async throws {
        var configuration = try TestBroker.configuration("trap-\(UUID().uuidString.prefix(8))")
        configuration.heartbeatSeconds = 17
        let name = configuration.connectionName
        let publisher = AMQPPublisher(configuration, logger: .quiet)
        await #expect(throws: AMQPError.self) {
            try await publisher.publish([AMQPMessage(exchange: "", routingKey: "nobody.listens", body: [])])
        }
        let list = try await TestBroker.control(
            "--quiet", "list_connections", "--formatter", "json", "timeout", "frame_max", "client_properties")
        let mine = try #require(try JSON(parsing: Array(list.utf8)).array.first { "\($0)".contains(name) })
        let properties = mine.client_properties.description
        for notice in ["basic.nack", "connection.blocked", "consumer_cancel_notify", "publisher_confirms"] {
            #expect(properties.contains(notice), "\(notice) is in \(properties)")
        }
        #expect(mine.timeout.int == 17)
        #expect(mine.frame_max.int == 131_072)
        await publisher.close()
    }

    @Test("under a memory alarm large publishes end rather than hang, and work again when it is over")
    func largeUnderAlarm() async throws {
        try await TestQueue.with("large-alarm", timeLimit: .seconds(3)) { queue, publisher in
            var message = queue.message()
            message.body = [UInt8](repeating: 1, count: 65_536)
            let messages = Array(repeating: message, count: 200)
            _ = try await TestBroker.control("set_vm_memory_high_watermark", "0.000001")
            let error = await #expect(throws: AMQPError.self) { try await publisher.publish(messages) }
            _ = try await TestBroker.control("set_vm_memory_high_watermark", "0.4")
            #expect([.timeout, .blocked].contains(error?.code))
            try await publisher.publish([message])
        }
    }

    @Test("a broker that stops and starts again has every confirmed message, and both sides go on by themselves")
    func restart() async throws {
        try await TestQueue.with("restart") { queue, publisher in
            try await publisher.publish((0..<100).map { queue.message("before \($0)") })
            let consumer = queue.makeConsumer(prefetch: 10)
            let held = try await consumer.collect(10)
            _ = try await TestBroker.control("stop_app")
            async let later: Void = publisher.publish([queue.message("during")])
            _ = try await TestBroker.control("start_app")
            try await later
            consumer.acknowledge(held)
            var bodies: Set<[UInt8]> = []
            while bodies.count < 101 {
                let deliveries = try await consumer.next(max: 50)
                bodies.formUnion(deliveries.map(\.body))
                consumer.acknowledge(deliveries)
            }
            await consumer.close()
        }
    }

    @Test("what has passed leaves no memory behind: 200 MB go through, and the process stays where it was")
    func memory() async throws {
        try await TestQueue.with("memory") { queue, publisher in
            var message = queue.message()
            message.body = [UInt8](repeating: 1, count: 100_000)
            let consumer = queue.makeConsumer(prefetch: 50)
            func pass(_ rounds: Int) async throws {
                for _ in 0..<rounds {
                    try await publisher.publish(Array(repeating: message, count: 50))
                    consumer.acknowledge(try await consumer.collect(50))
                }
            }
            try await pass(4)
            let before = try residentBytes()
            try await pass(40)
            #expect(try residentBytes() - before < 64 * 1_048_576)
            await consumer.close()
        }
    }

    private func residentBytes() throws -> Int {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return (Int(fields[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE))
    }
}
