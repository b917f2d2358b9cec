import Foundation

/// `/_sim/…`: what a test or a person uses to look into the simulators and to steer them.
struct ControlSurface: Sendable {
    let providers: [any HostedProvider]
    let journal: Journal
    let faults: FaultPlan
    let webhooks: WebhookSender

    /// `request.path` is without `/_sim`.
    func respond(to request: SimulatedRequest) async -> SimulatedResponse {
        let segments = request.path.split(separator: "/").map(String.init)
        switch (request.method, segments) {
        case ("GET", ["journal"]): return await readJournal(request)
        case ("DELETE", ["journal"]): return await clearJournal()
        case ("GET", ["webhooks"]): return .json(["data": .array(await webhooks.list().map { $0.json() })])
        case ("POST", ["faults"]): return await addFault(request)
        case ("GET", ["faults"]): return .json(["data": .array(await faults.list().map { $0.json() })])
        case ("DELETE", ["faults"]): return await clearFaults()
        case ("DELETE", _) where segments.count == 2 && segments[0] == "faults": return await removeFault(segments[1])
        case ("POST", ["reset"]): return await reset()
        default: return await provider(request, segments)
        }
    }

    private func provider(_ request: SimulatedRequest, _ segments: [String]) async -> SimulatedResponse {
        guard let name = segments.first, let provider = providers.first(where: { $0.name == name }) else {
            return Self.unknown(request)
        }
        if request.method == "GET", segments.count == 2, segments[1] == "state" {
            return .json(await provider.snapshot())
        }
        guard let response = await provider.control(request.removingPrefix("/\(name)")) else {
            return Self.unknown(request)
        }
        for sku in response.announcedSKUs {
            for other in providers where other.name != name { await other.learn(sku: sku) }
        }
        return response
    }

    private func readJournal(_ request: SimulatedRequest) async -> SimulatedResponse {
        var filter = Journal.Filter(
            provider: request.query("provider").map(Glob.init), method: request.query("method").map(Glob.init),
            path: request.query("path").map(Glob.init))
        if let since = request.query("since") {
            filter.since = Int(since)
            filter.from = Timestamps.parse(since, zone: .gmt)
            guard filter.since != nil || filter.from != nil else {
                return .problem(422, "since must be a sequence number of the journal, or a time.")
            }
        }
        return .json(["data": .array(await journal.entries(filter).map { $0.json() })])
    }

    private func clearJournal() async -> SimulatedResponse {
        await journal.clear()
        return SimulatedResponse(status: 204)
    }

    private func addFault(_ request: SimulatedRequest) async -> SimulatedResponse {
        do {
            let fault = try await faults.add(request.json)
            return .json(["id": .string(fault.id), "remaining": .int(fault.remaining ?? -1)], status: 201)
        } catch {
            return .problem(422, error.message)
        }
    }

    private func removeFault(_ id: String) async -> SimulatedResponse {
        await faults.remove(id) ? SimulatedResponse(status: 204) : .problem(404, "There is no fault \(id).")
    }

    private func clearFaults() async -> SimulatedResponse {
        await faults.clear()
        return SimulatedResponse(status: 204)
    }

    private func reset() async -> SimulatedResponse {
        await faults.clear()
        await webhooks.reset()
        await journal.clear()
        for provider in providers { await provider.reset() }
        return SimulatedResponse(status: 204)
    }

    static func unknown(_ request: SimulatedRequest) -> SimulatedResponse {
        .problem(404, "Nothing here answers \(request.method) \(request.fullPath).")
    }
}
