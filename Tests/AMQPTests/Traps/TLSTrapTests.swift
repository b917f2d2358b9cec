import Foundation
import Support
import Testing

@testable import AMQP

extension ControlledTrapTests {
    @Test("TLS verifies the peer and its name, from version 1.2 on, and fails closed")
    func tls() async throws {
        let authority = try await TestCertificates.make(for: "localhost")
        let stranger = try await TestCertificates.make(for: "localhost")
        let modern = try await TestBroker.listen(authority, versions: "'tlsv1.2','tlsv1.3'")
        let old = try await TestBroker.listen(authority, versions: "'tlsv1.1'")
        #expect(try await logIn("localhost", modern, authority) == nil)
        // An address among the certificate's names is not compared: connect by name.
        #expect(try await logIn("127.0.0.1", modern, authority)?.code == .tls)
        #expect(try await logIn("localhost", modern, stranger)?.code == .tls)
        #expect(try await logIn("localhost", old, authority)?.code == .tls)
        for port in [modern, old] { try await TestBroker.stopListening(port) }
        for certificates in [authority, stranger] { certificates.remove() }
    }

    private func logIn(_ host: String, _ port: Int, _ certificates: TestCertificates) async throws -> AMQPError? {
        var plain = try TestBroker.configuration()
        plain.host = host
        plain.port = port
        plain.tls = AMQPConfiguration.TLS(authorities: certificates.authority)
        do {
            _ = try await AMQPAdministration.queueDepth("test.no-such-queue", configuration: plain)
            return nil
        } catch let error as AMQPError {
            return error
        }
    }
}

extension TestBroker {
    /// Opens another listener of the running broker, and returns its port.
    fileprivate static func listen(_ certificates: TestCertificates, versions: String) async throws -> Int {
        let port = try #require(Loopback.freePort())
        let options = """
            [{certfile, "\(certificates.certificate)"}, {keyfile, "\(certificates.key)"}, {versions, [\(versions)]}]
            """
        let address = #"{"127.0.0.1", \#(port)}"#
        _ = try await control(
            "eval",
            "rabbit_networking:ensure_ssl(), rabbit_networking:start_ssl_listener(\(address), \(options), 1).")
        return port
    }

    fileprivate static func stopListening(_ port: Int) async throws {
        _ = try await control("eval", #"rabbit_networking:stop_tcp_listener({"127.0.0.1", \#(port)})."#)
    }
}
