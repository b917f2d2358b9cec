import HTTPTransport
import Testing

func ok(_ body: String = "ok", headers: String = "") -> Reaction {
    .answer("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
}

func okBytes(_ body: [UInt8]) -> Reaction {
    .answerBytes(Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body)
}

/// Runs what must fail in transport, and gives the failure.
func failure<Answer>(_ body: () async throws -> Answer) async throws -> HTTPTransportError {
    try #require(await #expect(throws: HTTPTransportError.self) { _ = try await body() })
}
