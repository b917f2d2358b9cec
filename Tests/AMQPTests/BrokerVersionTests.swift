import Testing

@testable import AMQP

@Suite("Broker version")
struct BrokerVersionTests {
    @Test(
        "RabbitMQ from 3.10 on is taken",
        arguments: ["3.10.0", "3.10.8", "3.13.7", "4.0.0-rc.1", "4.3.1", "10.0.0", "3.100.0"])
    func supported(version: String) throws {
        try BrokerVersion(["product": "RabbitMQ", "version": .string(version)]).check()
    }

    @Test(
        "an older one, another product, or one that does not say is refused with what is needed",
        arguments: [
            ("RabbitMQ", "3.9.29", "the broker is RabbitMQ 3.9.29: RabbitMQ 3.10 or later is needed"),
            ("RabbitMQ", "2.99.0", "the broker is RabbitMQ 2.99.0: RabbitMQ 3.10 or later is needed"),
            ("RabbitMQ", "3", "the broker is RabbitMQ 3: RabbitMQ 3.10 or later is needed"),
            ("RabbitMQ", "soon", "the broker is RabbitMQ soon: RabbitMQ 3.10 or later is needed"),
            ("Other", "4.1.0", "the broker is Other 4.1.0: RabbitMQ 3.10 or later is needed"),
        ])
    func refused(product: String, version: String, message: String) {
        let broker = BrokerVersion(["product": .string(product), "version": .string(version)])
        let error = #expect(throws: AMQPError.self) { try broker.check() }
        #expect(error?.code == .unsupportedBroker && error?.retryability == .doNotRetry)
        #expect(error?.message == message)
        #expect(throws: AMQPError.self) { try BrokerVersion([:]).check() }
    }

    @Test("a real broker says what it is", .enabled(if: TestBroker.isAvailable))
    func real() async throws {
        let configuration = try TestBroker.configuration()
        let found = try await OneShotLink(configuration).run { link in link.brokerVersion }
        #expect(found.product == "RabbitMQ" && found.version.wholeMatch(of: /\d+\.\d+\.\d+.*/) != nil)
        try await AMQPAdministration.requireSupportedVersion(configuration: configuration)
    }
}
