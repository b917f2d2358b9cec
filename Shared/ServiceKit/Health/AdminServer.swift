import HTTPTypes
import Hummingbird
import Logging
import ServiceLifecycle

/// The HTTP server for operators and machines: health and metrics.
struct AdminServer: Service {
    private let application: Application<RouterResponder<BasicRequestContext>>

    init(settings: HostSettings, health: Health, metrics: PrometheusRegistry, logger: Logger) {
        application = Application(
            router: Self.router(health: health, metrics: metrics),
            configuration: ApplicationConfiguration(address: .hostname(settings.host, port: settings.adminPort)),
            logger: logger)
    }

    static func router(health: Health, metrics: PrometheusRegistry) -> Router<BasicRequestContext> {
        let router = Router()
        HealthRoutes(health).add(to: router)
        router.get("/metrics") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text)))
        }
        return router
    }

    func run() async throws {
        try await application.run()
    }
}
