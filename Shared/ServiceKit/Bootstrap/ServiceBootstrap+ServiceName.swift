import Messaging
import ServiceLifecycle

extension ServiceBootstrap {
    /// Runs one of the platform's services; see `run(name:services:)` for a plain name.
    public static func run(
        name: ServiceName, services: @escaping @Sendable (ServiceContext) async throws -> [any Service]
    ) async -> Never {
        await run(name: name.rawValue, services: services)
    }
}
