import HTTPTransport
import Testing

@Suite("An HTTP exchange")
struct ExchangeTests {
    @Test("gives status, headers by name in any case, and body")
    func wholeAnswer() async throws {
        let server = try ScriptedServer { _ in
            .answer("HTTP/1.1 422 Nope\r\nContent-Length: 4\r\nRetry-After:  2.5 \r\nX-Two: a\r\nX-Two: b\r\n\r\nbody")
        }
        defer { server.stop() }
        let answer = try await CurlHTTPClient().send(HTTPRequest(method: "GET", url: server.url))
        #expect(answer.status == 422)
        #expect(answer.header("RETRY-after") == "2.5")
        #expect(answer.headers.filter { $0.name == "X-Two" }.map(\.value) == ["a", "b"])
        #expect(answer.body == Array("body".utf8))
    }

    @Test("sends method, path, headers and body as they are given")
    func requestAsGiven() async throws {
        let server = try ScriptedServer { _ in ok() }
        defer { server.stop() }
        let headers = [("X-Name", "value: with colon"), ("X-Empty", "")]
        _ = try await CurlHTTPClient().send(
            HTTPRequest(
                method: "PATCH", url: "\(server.url)/a/../!transform/x?q=%20", headers: headers,
                body: Array("{}".utf8)))
        let request = try #require(server.requests.first)
        #expect(request.line == "PATCH /a/../!transform/x?q=%20 HTTP/1.1")
        #expect(request.headers["x-name"] == "value: with colon")
        #expect(request.headers["x-empty"] == "")
        #expect(request.headers["content-type"] == nil)
        #expect(request.body == Array("{}".utf8))
    }

    @Test("an empty body is sent as one of length zero")
    func emptyBody() async throws {
        let server = try ScriptedServer { _ in ok() }
        defer { server.stop() }
        _ = try await CurlHTTPClient().send(HTTPRequest(method: "POST", url: server.url, body: []))
        #expect(server.requests.first?.headers["content-length"] == "0")
    }

    @Test("requests one after another share a connection")
    func reuse() async throws {
        let server = try ScriptedServer { _ in ok() }
        defer { server.stop() }
        let client = CurlHTTPClient()
        for _ in 1...5 { _ = try await client.send(HTTPRequest(method: "POST", url: server.url, body: [1])) }
        #expect(server.requests.count == 5)
        #expect(server.connectionCount == 1)
    }

    @Test("large bodies go both ways unharmed")
    func largeBodies() async throws {
        let server = try ScriptedServer { okBytes($0.body) }
        defer { server.stop() }
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let answer = try await CurlHTTPClient().send(HTTPRequest(method: "PUT", url: server.url, body: body))
        #expect(answer.body == body)
    }

    @Test("an interim answer is passed over")
    func interimAnswer() async throws {
        let server = try ScriptedServer { _ in
            .answer("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        defer { server.stop() }
        let answer = try await CurlHTTPClient().send(HTTPRequest(method: "GET", url: server.url))
        #expect(answer.status == 200)
        #expect(answer.header("x-early") == nil)
    }

    @Test("a redirect is an answer and is not followed")
    func redirect() async throws {
        let server = try ScriptedServer { _ in
            .answer("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")
        }
        defer { server.stop() }
        let answer = try await CurlHTTPClient().send(HTTPRequest(method: "GET", url: server.url))
        #expect(answer.status == 302)
        #expect(server.requests.count == 1)
    }

    @Test("carries the trace of the work at hand")
    func trace() async throws {
        let server = try ScriptedServer { _ in ok() }
        defer { server.stop() }
        let client = CurlHTTPClient()
        let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        try await OutboundTrace.$traceparent.withValue(trace) {
            _ = try await client.send(HTTPRequest(method: "GET", url: server.url))
        }
        #expect(server.requests.first?.headers["traceparent"] == trace)
    }

    @Test("many run at once, each with its own answer")
    func concurrency() async throws {
        let server = try ScriptedServer { okBytes($0.body) }
        defer { server.stop() }
        let client = CurlHTTPClient()
        let echoed = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let body = Array("\(number)".utf8)
                    return try await client.send(HTTPRequest(method: "POST", url: server.url, body: body)).body == body
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(echoed == 100)
    }
}
