import Testing

@testable import AMQP

@Suite("Configuration")
struct ConfigurationTests {
    @Test("a full URL is read, percent-encoding undone")
    func full() throws {
        let configuration = try AMQPConfiguration(url: "amqp://us%40er:p%2Fw@mq:5673/a%2Fb", connectionName: "x")
        #expect(configuration.host == "mq")
        #expect(configuration.port == 5673)
        #expect(configuration.user == "us@er")
        #expect(configuration.password == "p/w")
        #expect(configuration.virtualHost == "a/b")
        #expect(configuration.tls == nil)
    }

    @Test(
        "what is left out gets the protocol's defaults",
        arguments: [
            ("amqp://mq", "/", 5672), ("amqp://mq/", "/", 5672), ("amqp://mq/%2F", "/", 5672),
            ("amqps://mq/v", "v", 5671),
        ])
    func defaults(_ url: String, _ virtualHost: String, _ port: Int) throws {
        let configuration = try AMQPConfiguration(url: url, connectionName: "x")
        #expect(configuration.virtualHost == virtualHost)
        #expect(configuration.port == port)
        #expect(configuration.user == "guest")
    }

    @Test("amqps trusts the system's authorities or those named")
    func tls() throws {
        let system = try AMQPConfiguration(url: "amqps://mq", connectionName: "x")
        #expect(system.tls?.authorities == "/etc/ssl/certs/ca-certificates.crt")
        let own = try AMQPConfiguration(url: "amqps://mq?cacertfile=/etc/own.pem", connectionName: "x")
        #expect(own.tls?.authorities == "/etc/own.pem")
    }

    @Test(
        "a URL that cannot be used is refused without repeating it",
        arguments: [
            "", "mq", "http://user:secret@mq", "amqp:///v", "amqp://user:secret@mq/a/b",
        ])
    func invalid(_ url: String) {
        let error = #expect(throws: AMQPError.self) { try AMQPConfiguration(url: url, connectionName: "x") }
        #expect(error?.code == .invalidURL)
        #expect(error?.message.contains("secret") == false)
    }
}
