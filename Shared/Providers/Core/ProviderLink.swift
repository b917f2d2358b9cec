import Commerce
import HTTPTransport

/// Sends the requests of one provider and sorts what goes wrong.
struct ProviderLink: Sendable {
    let http: any HTTPClient
    /// Reads the provider's error body.
    let words: @Sendable (HTTPResponse) -> ProviderWords
    /// Whether the caller can read the response as an answer; usually that is a status 2xx.
    let isAnswer: @Sendable (HTTPResponse) -> Bool
    /// A failure that the provider words differently from its status; nil leaves the usual table in force.
    let exception: @Sendable (HTTPResponse, ProviderEffect) -> ProviderFailure?

    init(
        http: any HTTPClient, words: @escaping @Sendable (HTTPResponse) -> ProviderWords,
        isAnswer: @escaping @Sendable (HTTPResponse) -> Bool = { $0.isSuccess },
        exception: @escaping @Sendable (HTTPResponse, ProviderEffect) -> ProviderFailure? = { _, _ in nil }
    ) {
        self.http = http
        self.words = words
        self.isAnswer = isAnswer
        self.exception = exception
    }

    /// The answer, or the failure.
    func send(_ request: HTTPRequest, _ effect: ProviderEffect) async throws(ProviderFailure) -> HTTPResponse {
        let response: HTTPResponse
        do {
            response = try await http.send(request)
        } catch {
            throw ProviderFailure(error, effect: effect)
        }
        if let failure = exception(response, effect) { throw failure }
        guard isAnswer(response) else {
            throw ProviderFailure(response, words: words(response), effect: effect)
        }
        return response
    }

    /// The decoded body of the answer, or the failure.
    func send<Answer: Decodable>(
        _ request: HTTPRequest, _ effect: ProviderEffect, as type: Answer.Type
    ) async throws(ProviderFailure) -> Answer {
        let response = try await send(request, effect)
        guard let answer = try? ProviderJSON.decode(type, from: response.body) else {
            throw .malformedAnswer(effect)
        }
        return answer
    }
}
