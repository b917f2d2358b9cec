import HTTPTypes
import Hummingbird
import NIOCore
import RouterSupport
import Testing

@testable import ServiceKit

@Suite("Health")
struct HealthTests {
    struct Down: Error, CustomStringConvertible { let description = "connection refused" }

    @Test("a process is ready when every check passes, and names those that fail")
    func readiness() async throws {
        let health = Health()
        health.register(HealthCheck("postgres") {})
        try await ask(health, "/health/ready") { #expect($0 == .ok && $1 == #"{"failing":[],"status":"ok"}"#) }
        health.register(HealthCheck("broker") { throw Down() })
        try await ask(health, "/health/ready") { status, body in
            #expect(status == .serviceUnavailable)
            let expected = #"{"failing":[{"check":"broker","reason":"connection refused"}],"status":"unavailable"}"#
            #expect(body == expected)
        }
        try await ask(health, "/health/live") { status, _ in #expect(status == .ok) }
    }

    @Test("a check that hangs fails by its time limit")
    func hanging() async {
        let health = Health(timeout: .milliseconds(1))
        health.register(HealthCheck("slow") { try await Task.sleep(for: .seconds(86_400)) })
        #expect(await health.report().failing.map(\.check) == ["slow"])
    }

    @Test("a process that stops is alive and not ready")
    func draining() async throws {
        let health = Health()
        health.beginDraining()
        try await ask(health, "/health/live") { status, _ in #expect(status == .ok) }
        try await ask(health, "/health/ready") { status, body in
            #expect(status == .serviceUnavailable)
            #expect(body.contains("\"shutdown\""))
        }
    }

    @Test("metrics are served as Prometheus text")
    func metrics() async throws {
        try await ask(Health(), "/metrics") { status, body in
            #expect(status == .ok)
            #expect(body.contains("# TYPE metrics_series_dropped_total counter"))
        }
    }

    private func ask(
        _ health: Health, _ path: String, check: @escaping @Sendable (HTTPResponse.Status, String) -> Void
    ) async throws {
        let router = AdminServer.router(health: health, metrics: PrometheusRegistry())
        let answer = try await RouterClient(router).send(.get, path)
        check(answer.status, String(buffer: answer.body))
    }
}
