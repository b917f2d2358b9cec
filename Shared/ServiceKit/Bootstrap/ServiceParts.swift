import AMQP
import Commerce
import HTTPTransport
import Logging
import Postgres
import ServiceLifecycle

/// The parts of a service: everything of its context, in the order in which it is started.
struct ServiceParts: ProcessParts {
    private let name: String
    private let settings: ServiceSettings
    private let postgres: PostgresConfiguration
    private let amqp: AMQPConfiguration
    private let services: @Sendable (ServiceContext) async throws -> [any Service]

    /// Failure: `SettingsError` for a URL of Postgres or the broker that cannot be used.
    init(
        name: String, settings: ServiceSettings,
        services: @escaping @Sendable (ServiceContext) async throws -> [any Service]
    ) throws(SettingsError) {
        self.name = name
        self.settings = settings
        self.services = services
        postgres = try settings.postgres(applicationName: "stateset-\(name)")
        amqp = try settings.amqp(connectionName: "stateset-\(name)")
    }

    var hostSettings: HostSettings { settings.host }

    func run(health: Health, logger: Logger) async throws {
        warn(logger)
        let backends = Backends(
            pool: PostgresPool(postgres, logger: logger), publisher: AMQPPublisher(amqp, logger: logger), amqp: amqp)
        let http = CurlHTTPClient(logger: logger)
        let devClock = settings.host.isDevelopment ? ServiceClock(pool: backends.pool, logger: logger) : nil
        for check in backends.checks { health.register(check) }
        let isReady = try await StartupWait(logger: logger).until(
            backends.checks + [devClock?.check].compactMap(\.self))
        guard isReady else { return }
        try await AMQPAdministration.requireSupportedVersion(configuration: amqp)
        let context = context(backends, http, devClock, health, logger)
        let resources: [any Service] = backends.services + [Closing { await http.shutdown() }]
        let clocks: [any Service] = devClock.map { [$0] } ?? []
        try await ServiceGroup(
            services: resources + clocks + (try await services(context)), logger: logger
        ).run()
    }

    /// Of what works and is not safe.
    func warn(_ logger: Logger) {
        guard postgres.isUnprotected else { return }
        logger.warning(
            "the connection to Postgres is not protected: state sslmode in STATESET_POSTGRES_URL, best verify-full",
            metadata: ["setting": "STATESET_POSTGRES_URL"])
    }

    private func context(
        _ backends: Backends, _ http: CurlHTTPClient, _ devClock: ServiceClock?, _ health: Health, _ logger: Logger
    ) -> ServiceContext {
        ServiceContext(
            name: name, settings: settings, logger: logger, clock: devClock ?? SystemClock(),
            postgres: backends.pool, amqp: amqp, publisher: backends.publisher,
            providerSettings: ProviderSettingsStore(pool: backends.pool, keys: settings.secretKeys),
            http: TracedHTTPClient(base: http), health: health)
    }
}
