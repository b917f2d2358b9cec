import Foundation
import Logging
import Messaging
import Metrics
import ServiceLifecycle

/// Starts a service and keeps it until it is asked to stop. Every service's `main` calls it once; the provider
/// simulators, which share no code with the services, and the command line have starts of their own.
///
/// *Order*: settings, logging, metrics, the admin server; then, once Postgres and the broker answer, the pool, the
/// clock, the publisher and the given services. SIGTERM and SIGINT stop them in reverse order, each after what it has
/// begun; readiness is gone at once, liveness and metrics stay to the end.
/// *Failure*: a wrong setting ends the process with 78 and one line on standard error; a service that throws or ends by
/// itself stops the others and ends it with 70; what has not stopped within 20 seconds is cancelled.
public enum ServiceBootstrap {
    /// Runs a service that has Postgres and the broker, and ends the process.
    public static func run(
        name: String, services: @escaping @Sendable (ServiceContext) async throws -> [any Service]
    ) async -> Never {
        // WHY: a write to a connection the other side has closed is an error to handle, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        do throws(SettingsError) {
            let settings = try ServiceSettings(SettingsReader())
            let parts = try ServiceParts(name: name, settings: settings, services: services)
            LogBootstrap.start(service: name, level: parts.hostSettings.logLevel)
            if let plan = parts.hostSettings.killPlan { KillPoint.arm(plan: plan) }
            let registry = PrometheusRegistry()
            MetricsSystem.bootstrap(registry)
            let code = await ServiceProcess(name: name, parts: parts, metrics: registry).run()
            exit(code.rawValue)
        } catch {
            error.report(by: name)
            exit(ExitCode.badSettings.rawValue)
        }
    }
}

extension SettingsError {
    /// One line on standard error.
    func report(by name: String) {
        FileHandle.standardError.write(Data("\(name): \(self)\n".utf8))
    }
}
