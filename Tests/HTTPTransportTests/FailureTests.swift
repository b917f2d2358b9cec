import HTTPTransport
import Testing

@Suite("A failed HTTP exchange")
struct FailureTests {
    @Test("nobody listening: nothing was sent")
    func refusedConnection() async throws {
        let port = try ScriptedServer.unusedPort()
        let error = try await failure {
            try await CurlHTTPClient().send(HTTPRequest(method: "POST", url: "http://127.0.0.1:\(port)", body: [1]))
        }
        #expect(error.code == .connect)
        #expect(!error.wasSent)
    }

    @Test("an unknown name: nothing was sent")
    func unknownName() async throws {
        let error = try await failure {
            try await CurlHTTPClient().send(HTTPRequest(method: "POST", url: "http://nowhere.invalid/", body: [1]))
        }
        #expect(error.code == .resolve)
        #expect(!error.wasSent)
    }

    @Test("TLS spoken to a server without it: nothing was sent")
    func failedHandshake() async throws {
        let server = try ScriptedServer { _ in .drop }
        defer { server.stop() }
        let request = HTTPRequest(
            method: "POST", url: "https://127.0.0.1:\(server.port)", body: [1], timeout: .milliseconds(300))
        let error = try await failure { try await CurlHTTPClient().send(request) }
        #expect(!error.wasSent)
        #expect(server.requests.isEmpty)
    }

    @Test("a mail server that sends us away: for good it gives no service, for now that is its answer")
    func mailServerWithoutService() async throws {
        func send(greetedBy greeting: String) async throws -> MailAnswer {
            let server = try ScriptedServer(greeting: greeting)
            defer { server.stop() }
            return try await CurlHTTPClient().send(
                MailSubmission(
                    host: "127.0.0.1", port: Int(server.port), security: .none, login: nil, clientName: "a.example",
                    sender: "a@a.example", recipient: "b@b.example", message: Array("x\r\n".utf8)))
        }
        let error = try await failure { _ = try await send(greetedBy: "554 5.7.1 Not from there\r\n") }
        #expect(error.code == .noService && !error.wasSent && error.message == "554 5.7.1 Not from there")
        #expect(try await send(greetedBy: "421 4.3.2 Closing\r\n").code == 421)
    }

    @Test("a connection dropped before the answer: the request may have been acted on")
    func dropped() async throws {
        let server = try ScriptedServer { _ in .drop }
        defer { server.stop() }
        let error = try await failure {
            try await CurlHTTPClient().send(HTTPRequest(method: "POST", url: server.url, body: [1]))
        }
        #expect(error.code == .connectionLost)
        #expect(error.wasSent)
    }

    @Test(
        "a write is never sent again when a reused connection drops it",
        arguments: ["POST", "PATCH", "PUT", "DELETE"])
    func noSilentResend(method: String) async throws {
        let server = try ScriptedServer { $0.line.hasPrefix("GET") ? ok() : .drop }
        defer { server.stop() }
        let client = CurlHTTPClient()
        _ = try await client.send(HTTPRequest(method: "GET", url: server.url))
        let body: [UInt8]? = method == "DELETE" ? nil : [1, 2, 3]
        let error = try await failure {
            try await client.send(HTTPRequest(method: method, url: server.url, body: body))
        }
        #expect(error.code == .connectionLost)
        #expect(error.message == "the connection ended before an answer came")
        #expect(error.wasSent)
        #expect(server.requests.map(\.connection) == [1, 1])
    }

    @Test("a read is sent again when a reused connection drops it")
    func readIsResent() async throws {
        let server = try ScriptedServer { $0.line.hasPrefix("GET /second") && $0.connection == 1 ? .drop : ok() }
        defer { server.stop() }
        let client = CurlHTTPClient()
        _ = try await client.send(HTTPRequest(method: "GET", url: "\(server.url)/first"))
        let answer = try await client.send(HTTPRequest(method: "GET", url: "\(server.url)/second"))
        #expect(answer.status == 200)
        #expect(server.requests.map(\.connection) == [1, 1, 2])
    }

    @Test("no answer in time: the request may have been acted on")
    func slowAnswer() async throws {
        let server = try ScriptedServer { _ in .hold }
        defer { server.stop() }
        let error = try await failure {
            try await CurlHTTPClient().send(
                HTTPRequest(method: "POST", url: server.url, body: [1], timeout: .milliseconds(100)))
        }
        #expect(error.code == .timeout)
        #expect(error.wasSent)
    }

    @Test("half an answer is no answer")
    func truncated() async throws {
        let server = try ScriptedServer { _ in
            .answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        }
        defer { server.stop() }
        let error = try await failure { try await CurlHTTPClient().send(HTTPRequest(method: "GET", url: server.url)) }
        #expect(error.code == .connectionLost)
        #expect(error.wasSent)
    }

    @Test("an answer beyond the limit is refused")
    func tooLarge() async throws {
        let server = try ScriptedServer { _ in okBytes([UInt8](repeating: 0, count: 1001)) }
        defer { server.stop() }
        var limits = HTTPLimits()
        limits.responseBytes = 1000
        let client = CurlHTTPClient(limits: limits)
        let error = try await failure { try await client.send(HTTPRequest(method: "GET", url: server.url)) }
        #expect(error.code == .tooLarge)
        #expect(error.wasSent)
    }

    @Test("endless headers are refused")
    func tooManyHeaders() async throws {
        let server = try ScriptedServer { _ in ok(headers: "X-Long: \(String(repeating: "x", count: 2000))\r\n") }
        defer { server.stop() }
        var limits = HTTPLimits()
        limits.responseHeaderBytes = 1000
        let client = CurlHTTPClient(limits: limits)
        let error = try await failure { try await client.send(HTTPRequest(method: "GET", url: server.url)) }
        #expect(error.code == .tooLarge)
    }

    @Test(
        "a URL that is not plain http is refused",
        arguments: [
            "file:///etc/passwd", "ftp://localhost/", "localhost", "", "http:", "http://user:password@127.0.0.1/",
            "http://127.0.0.1/\r\nX-Injected: 1",
        ])
    func badURL(url: String) async throws {
        let error = try await failure { try await CurlHTTPClient().send(HTTPRequest(method: "GET", url: url)) }
        #expect(error.code == .invalidURL)
        #expect(!error.wasSent)
    }

    @Test("a header that would begin another one is refused")
    func headerInjection() async throws {
        let headers = [("X-Name", "value\r\nX-Injected: 1")]
        let error = try await failure {
            try await CurlHTTPClient().send(HTTPRequest(method: "GET", url: "http://127.0.0.1/", headers: headers))
        }
        #expect(error.code == .invalidRequest)
    }
}
