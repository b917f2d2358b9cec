import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// The composition root: builds the simulators and serves them until SIGTERM or SIGINT.
struct SimulatorsService: Sendable {
    private let configuration: SimulatorConfiguration
    let background = BackgroundWork()
    private let time: SimulatorTime
    private let logger: Logger
    let router: SimulatorRouter

    init(
        _ configuration: SimulatorConfiguration, transport: any WebhookTransport = NetworkWebhookTransport(),
        time: SimulatorTime = SimulatorTime()
    ) {
        self.configuration = configuration
        self.time = time
        logger = Logger(label: "provider-simulators") { JSONLogHandler(label: $0, now: time.now) }
        let faults = FaultPlan()
        let journal = Journal()
        let webhooks = WebhookSender(
            transport: transport, faults: faults, background: background, time: time, logger: logger)
        let providers = SimulatorCatalog(configuration, webhooks: webhooks, background: background, time: time)
            .providers
        router = SimulatorRouter(
            providers: providers,
            exchange: Exchange(journal: journal, faults: faults, background: background, time: time),
            control: ControlSurface(providers: providers, journal: journal, faults: faults, webhooks: webhooks))
    }

    /// Serves until the process is told to stop. `onReady` gets the port once it is bound.
    func run(onReady: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        var services: [any Service] = [background, publicServer(onReady)]
        if let port = configuration.adminPort { services.append(adminServer(port)) }
        if let port = configuration.smtpPort { services.append(mailServer(port)) }
        let group = ServiceGroup(
            configuration: .init(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }

    private func publicServer(_ onReady: @escaping @Sendable (Int) async -> Void) -> some Service {
        let responder = SimulatorResponder(answer: { [router] in await router.respond(to: $0) }, now: time.now)
        return Application(
            responder: responder,
            configuration: .init(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { [logger] channel in
                let port = channel.localAddress?.port ?? 0
                logger.notice("listening", metadata: ["port": "\(port)"])
                await onReady(port)
            },
            logger: logger)
    }

    private func mailServer(_ port: Int) -> some Service {
        SMTPServer(
            host: configuration.host, port: port, login: configuration.smtpLogin,
            deliver: { [router] in await router.deliver($0) }, now: time.now, logger: logger)
    }

    private func adminServer(_ port: Int) -> some Service {
        let responder = SimulatorResponder(answer: { .answer(SimulatorRouter.health($0)) }, now: time.now)
        return Application(
            responder: responder, configuration: .init(address: .hostname(configuration.host, port: port)),
            logger: logger)
    }
}
