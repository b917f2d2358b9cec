import Commerce
import HTTPTransport

/// Sends the requests of one provider through the account's gate and sorts what goes wrong.
struct ProviderLink: Sendable {
    let http: any HTTPClient
    let gate: any ProviderGate
    let lane: GateLane
    /// Reads the provider's error body.
    let words: @Sendable (HTTPResponse) -> ProviderWords
    /// Whether the caller can read the response as an answer; usually that is a status 2xx.
    let isAnswer: @Sendable (HTTPResponse) -> Bool
    /// A failure that the provider words differently from its status; nil leaves the usual table in force.
    let exception: @Sendable (HTTPResponse, ProviderEffect) -> ProviderFailure?

    init(
        http: any HTTPClient, gate: any ProviderGate, lane: GateLane,
        words: @escaping @Sendable (HTTPResponse) -> ProviderWords,
        isAnswer: @escaping @Sendable (HTTPResponse) -> Bool = { $0.isSuccess },
        exception: @escaping @Sendable (HTTPResponse, ProviderEffect) -> ProviderFailure? = { _, _ in nil }
    ) {
        self.http = http
        self.gate = gate
        self.lane = lane
        self.words = words
        self.isAnswer = isAnswer
        self.exception = exception
    }

    /// The answer, or the failure.
    ///
    /// - Parameters:
    ///   - cost: what the call takes of the lane's rate.
    func send(
        _ request: @autoclosure () -> HTTPRequest, _ effect: ProviderEffect, cost: Double = 1
    ) async throws(ProviderFailure) -> HTTPResponse {
        let work = ProviderWork.current
        let pass = try await gate.enter(lane, cost: cost, priority: work?.priority ?? .bulk)
        work?.noteCall()
        // WHY: made only now, because a signature has a time in it and the wait may have been long.
        let response = try await exchange(request(), effect, pass)
        if let failure = exception(response, effect) { throw failure }
        guard isAnswer(response) else {
            throw ProviderFailure(response, words: words(response), effect: effect)
        }
        return response
    }

    /// The decoded body of the answer, or the failure.
    func send<Answer: Decodable>(
        _ request: @autoclosure () -> HTTPRequest, _ effect: ProviderEffect, cost: Double = 1, as type: Answer.Type
    ) async throws(ProviderFailure) -> Answer {
        let response = try await send(request(), effect, cost: cost)
        guard let answer = try? ProviderJSON.decode(type, from: response.body) else {
            throw .malformedAnswer(effect)
        }
        return answer
    }

    private func exchange(
        _ request: HTTPRequest, _ effect: ProviderEffect, _ pass: GatePass
    ) async throws(ProviderFailure) -> HTTPResponse {
        async let _: Void = gate.renewing(pass)
        do {
            let response = try await http.send(request)
            await gate.leave(pass, CallReport(response, lane.reading(response)))
            return response
        } catch {
            await gate.leave(pass, CallReport(error))
            throw ProviderFailure(error, effect: effect)
        }
    }
}
