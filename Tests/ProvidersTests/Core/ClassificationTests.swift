import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Failures of a provider")
struct ClassificationTests {
    private let words = ProviderWords(code: "code", message: "words")

    private func classify(_ status: Int, _ effect: ProviderEffect, retryAfter: String? = nil) -> ProviderFailure {
        let headers = retryAfter.map { [("Retry-After", $0)] } ?? []
        return ProviderFailure(HTTPResponse(status: status, headers: headers), words: words, effect: effect)
    }

    @Test("a status that says not now is transient for reads and writes", arguments: [408, 423, 425, 429, 503])
    func notNow(status: Int) {
        let expected = ProviderFailure.transient(code: "code", message: "words", retryAfter: nil)
        #expect(classify(status, .write) == expected)
        #expect(classify(status, .read) == expected)
    }

    @Test("a server error leaves a write unknown and a read to be repeated", arguments: [500, 502, 504, 520])
    func serverError(status: Int) {
        #expect(classify(status, .write) == .unknownOutcome(code: "code", message: "words"))
        #expect(classify(status, .read) == .transient(code: "code", message: "words", retryAfter: nil))
    }

    @Test("other statuses are refusals in the provider's words", arguments: [302, 400, 402, 403, 404, 406, 409, 422])
    func refusal(status: Int) {
        #expect(classify(status, .write) == .refused(code: "code", message: "words"))
    }

    @Test("401 is about the credentials")
    func unauthorized() {
        #expect(classify(401, .write) == .unauthorized(message: "words"))
    }

    @Test(
        "Retry-After is read in whole and decimal seconds",
        arguments: [
            ("2", Duration.seconds(2)), ("2.0", .seconds(2)), ("0.5", .milliseconds(500)), ("-1", nil),
            ("Wed, 21 Oct 2026 07:28:00 GMT", nil), ("99999999999", .seconds(3600)), ("nan", nil), ("", nil),
        ] as [(String, Duration?)])
    func retryAfter(header: String, expected: Duration?) {
        #expect(RetryAfter.duration(header) == expected)
    }

    @Test(
        "what certainly was not sent is transient",
        arguments: [HTTPTransportError.Code.resolve, .connect, .tls, .timeout, .overloaded, .closed, .cancelled])
    func notSent(code: HTTPTransportError.Code) {
        let error = HTTPTransportError(code: code, message: "words", wasSent: false)
        let expected = ProviderFailure.transient(code: code.rawValue, message: "words", retryAfter: nil)
        #expect(ProviderFailure(error, effect: .write) == expected)
    }

    @Test(
        "what may have been sent is unknown for a write",
        arguments: [HTTPTransportError.Code.timeout, .connectionLost])
    func sent(code: HTTPTransportError.Code) {
        let error = HTTPTransportError(code: code, message: "words", wasSent: true)
        #expect(ProviderFailure(error, effect: .write) == .unknownOutcome(code: code.rawValue, message: "words"))
        let repeated = ProviderFailure.transient(code: code.rawValue, message: "words", retryAfter: nil)
        #expect(ProviderFailure(error, effect: .read) == repeated)
    }

    @Test("a request that cannot be sent at all is refused")
    func unsendable() {
        let error = HTTPTransportError(code: .invalidURL, message: "words", wasSent: false)
        #expect(ProviderFailure(error, effect: .write) == .refused(code: "invalid_url", message: "words"))
    }

    @Test("a success that cannot be read leaves a write unknown")
    func malformed() {
        #expect(ProviderFailure.malformedAnswer(.write).code == "malformed_answer")
        guard case .unknownOutcome = ProviderFailure.malformedAnswer(.write) else {
            Issue.record("a write may have been applied")
            return
        }
    }
}
