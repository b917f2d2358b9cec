/// Decides by its first path segment who answers a request.
struct SimulatorRouter: Sendable {
    let providers: [any HostedProvider]
    let exchange: Exchange
    let control: ControlSurface

    func respond(to request: SimulatedRequest) async -> Exchange.Outcome {
        let first = request.path.split(separator: "/", maxSplits: 1).first.map(String.init) ?? ""
        switch first {
        case "health": return .answer(Self.health(request))
        case "_sim": return await respondToControl(request.removingPrefix("/_sim"))
        default:
            guard let provider = providers.first(where: { $0.name == first }), provider.name != Sink.name else {
                return .answer(ControlSurface.unknown(request))
            }
            return await exchange.run(request.removingPrefix("/\(first)"), at: provider)
        }
    }

    /// The sink lives under the control surface, yet its requests are journalled and can be struck by faults.
    private func respondToControl(_ request: SimulatedRequest) async -> Exchange.Outcome {
        let prefix = "/\(Sink.name)"
        guard request.path.hasPrefix("\(prefix)/"), let sink = providers.first(where: { $0.name == Sink.name }) else {
            return .answer(await control.respond(to: request))
        }
        let inner = request.removingPrefix(prefix)
        if inner.method == "GET", inner.path.hasSuffix("/requests") { return .answer(await sink.respond(to: inner)) }
        return await exchange.run(inner, at: sink)
    }

    /// A mail that came over SMTP.
    func deliver(_ mail: SimulatedRequest) async -> Exchange.Outcome {
        guard let mailbox = providers.first(where: { $0.name == SMTPSimulator.name }) else { return .drop }
        return await exchange.run(mail, at: mailbox)
    }

    static func health(_ request: SimulatedRequest) -> SimulatedResponse {
        switch request.path {
        case "/health/live", "/health/ready": .json(["status": "ok"])
        default: ControlSurface.unknown(request)
        }
    }
}
