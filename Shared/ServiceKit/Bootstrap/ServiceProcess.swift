import Logging
import ServiceLifecycle
import UnixSignals

/// What a process is made of, besides the admin server.
protocol ProcessParts: Sendable {
    var hostSettings: HostSettings { get }

    /// Runs until graceful shutdown or failure.
    func run(health: Health, logger: Logger) async throws
}

/// The life of a process: the admin server around its parts.
struct ServiceProcess: Sendable {
    let name: String
    let parts: any ProcessParts
    let metrics: PrometheusRegistry
    var signals: [UnixSignal] = [.sigterm, .sigint]

    /// LIMIT: longer than any handler may take, shorter than the 30 s after which orchestrators kill.
    private static let shutdownMax = Duration.seconds(20)
    /// LIMIT: after it the process crashes; recovery is correct anyway.
    private static let cancellationMax = Duration.seconds(5)

    func run() async -> ExitCode {
        let logger = Logger(label: name)
        let health = Health()
        let admin = AdminServer(settings: parts.hostSettings, health: health, metrics: metrics, logger: logger)
        let group = ServiceGroup(configuration: configuration([admin, Body(parts, health, logger)], logger))
        logger.notice("starting", metadata: ["admin_port": "\(parts.hostSettings.adminPort)"])
        do {
            try await group.run()
            logger.notice("stopped")
            return .stopped
        } catch let error as SettingsError {
            error.report(by: name)
            return .badSettings
        } catch {
            logger.critical("stopped by a failure", metadata: ["error": "\(error)"])
            return .failed
        }
    }

    private func configuration(_ services: [any Service], _ logger: Logger) -> ServiceGroupConfiguration {
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: signals, logger: logger)
        configuration.maximumGracefulShutdownDuration = Self.shutdownMax
        configuration.maximumCancellationDuration = Self.cancellationMax
        return configuration
    }

    /// Stopped before the admin server, because it comes after it.
    private struct Body: Service {
        let parts: any ProcessParts
        let health: Health
        let logger: Logger

        init(_ parts: any ProcessParts, _ health: Health, _ logger: Logger) {
            self.parts = parts
            self.health = health
            self.logger = logger
        }

        func run() async throws {
            try await withGracefulShutdownHandler {
                try await parts.run(health: health, logger: logger)
            } onGracefulShutdown: {
                health.beginDraining()
            }
        }
    }
}
