/// Takes one request through journal, concurrency limit, planned fault and provider.
struct Exchange: Sendable {
    enum Outcome: Sendable {
        case answer(SimulatedResponse)
        /// Close the connection without a word.
        case drop
    }

    let journal: Journal
    let faults: FaultPlan
    let background: BackgroundWork
    let time: SimulatorTime

    func run(_ request: SimulatedRequest, at provider: any HostedProvider) async -> Outcome {
        let sequence = await journal.open(request, provider: provider.name)
        guard let seat = provider.enter() else {
            let busy = await provider.busyResponse
            await journal.close(sequence, response: busy, fault: nil)
            return .answer(busy)
        }
        defer { seat.leave() }
        let fault = await faults.strike(provider: provider.name, method: request.method, path: request.path)
        return await run(request, sequence, at: provider, under: fault)
    }

    private func run(
        _ request: SimulatedRequest, _ sequence: Int, at provider: any HostedProvider, under fault: Fault?
    ) async -> Outcome {
        switch fault?.mode {
        case .status:
            await journal.close(sequence, response: fault?.response, fault: .status)
            return .answer(fault?.response ?? SimulatedResponse(status: 500))
        case .dropBefore:
            await journal.close(sequence, response: nil, fault: .dropBefore)
            return .drop
        case .applyLater:
            await journal.close(sequence, response: nil, fault: .applyLater)
            applyLater(request, sequence, at: provider, after: fault?.delay ?? .zero)
            return .drop
        case .dropAfter:
            _ = await act(request, sequence, at: provider, fault: .dropAfter)
            return .drop
        case .delay:
            guard await time.sleep(fault?.delay ?? .zero) else { return .drop }
            return .answer(await act(request, sequence, at: provider, fault: .delay))
        case .duplicateWebhook, .reorderWebhooks, .loseWebhook, nil:
            return .answer(await act(request, sequence, at: provider, fault: nil))
        }
    }

    private func act(
        _ request: SimulatedRequest, _ sequence: Int, at provider: any HostedProvider, fault: FaultMode?
    ) async -> SimulatedResponse {
        let response = await provider.respond(to: request)
        await journal.close(sequence, response: response, fault: fault)
        return response
    }

    private func applyLater(
        _ request: SimulatedRequest, _ sequence: Int, at provider: any HostedProvider, after delay: Duration
    ) {
        background.submit {
            guard await time.sleep(delay) else { return }
            _ = await act(request, sequence, at: provider, fault: .applyLater)
        }
    }
}
