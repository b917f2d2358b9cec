import Logging
import ServiceLifecycle
import Testing

@testable import ServiceKit

@Suite("The life of a process")
struct ServiceProcessTests {
    @Test("a part that fails ends it with 70, a wrong setting found late with 78")
    func failures() async {
        #expect(await run { _ in throw HealthTests.Down() } == .failed)
        #expect(await run { _ in throw SettingsError.missing(.httpPort) } == .badSettings)
        #expect(await run { _ in [Ending()] } == .failed)
    }

    @Test("when it is asked to stop it is not ready any more, and ends with 0 after its parts")
    func graceful() async throws {
        let (running, isRunning) = AsyncStream.makeStream(of: Health.self)
        let outer = Outer {
            await run { health in
                [
                    Closing { #expect(await health.report().failing.map(\.check) == ["shutdown"]) },
                    Signal(health, isRunning),
                ]
            }
        }
        let group = ServiceGroup(services: [outer], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        async let end: Void = group.run()
        for await health in running {
            #expect(await health.report().isReady)
            break
        }
        await group.triggerGracefulShutdown()
        try await end
    }

    private func run(
        _ services: @escaping @Sendable (Health) async throws -> [any Service]
    ) async -> ExitCode {
        // Port 0: any free one.
        let settings = HostSettings(
            host: "127.0.0.1", httpPort: nil, adminPort: 0, logLevel: .critical, isDevelopment: false,
            killPlan: nil, webhookAllow: [])
        let parts = Parts(hostSettings: settings, services: services)
        return await ServiceProcess(name: "test", parts: parts, metrics: PrometheusRegistry(), signals: []).run()
    }

    /// A process without database and broker.
    struct Parts: ProcessParts {
        let hostSettings: HostSettings
        let services: @Sendable (Health) async throws -> [any Service]

        func run(health: Health, logger: Logger) async throws {
            try await ServiceGroup(services: try await services(health), logger: logger).run()
        }
    }

    struct Ending: Service {
        func run() async throws {}
    }

    struct Signal: Service {
        let health: Health
        let continuation: AsyncStream<Health>.Continuation

        init(_ health: Health, _ continuation: AsyncStream<Health>.Continuation) {
            self.health = health
            self.continuation = continuation
        }

        func run() async throws {
            continuation.yield(health)
            try await gracefulShutdown()
        }
    }

    struct Outer: Service {
        let body: @Sendable () async -> ExitCode

        init(_ body: @escaping @Sendable () async -> ExitCode) { self.body = body }

        func run() async throws { #expect(await body() == .stopped) }
    }
}
