import Logging
import ServiceLifecycle

/// The parts of a process without database and broker.
struct HostParts: ProcessParts {
    let name: String
    let settings: HostSettings
    let services: @Sendable (HostContext) async throws -> [any Service]

    var hostSettings: HostSettings { settings }

    func run(health: Health, logger: Logger) async throws {
        let context = HostContext(name: name, settings: settings, logger: logger, health: health)
        try await ServiceGroup(services: try await services(context), logger: logger).run()
    }
}
