import HTTPTransport
import Testing

@Suite("A connection to a given address")
struct PinnedConnectionTests {
    @Test("goes there whatever the host is, and says the host's own name")
    func pinned() async throws {
        let server = try ScriptedServer { _ in ok() }
        defer { server.stop() }
        var request = HTTPRequest(method: "POST", url: "http://hook.invalid:\(server.port)/a", body: [1])
        request.connectAddress = "127.0.0.1"
        #expect(try await CurlHTTPClient().send(request).status == 200)
        #expect(server.requests.first?.headers["host"] == "hook.invalid:\(server.port)")
    }

    @Test("is not one that was made for the same name to elsewhere")
    func notReused() async throws {
        let server = try ScriptedServer { _ in ok() }
        defer { server.stop() }
        let client = CurlHTTPClient()
        var request = HTTPRequest(method: "POST", url: "http://hook.invalid:\(server.port)/a", body: [1])
        request.connectAddress = "127.0.0.1"
        _ = try await client.send(request)
        request.connectAddress = "127.0.0.2"
        request.timeout = .seconds(5)
        let failed = request
        // Nobody listens there; that it fails shows that the first connection was not taken.
        let error = try await failure { try await client.send(failed) }
        #expect(error.code == .connect && !error.wasSent)
        #expect(server.requests.count == 1)
    }

    @Test("is refused to what is no address", arguments: ["example.com", "127.1", "0x7f000001", "", "::1%lo"])
    func malformed(address: String) async throws {
        var request = HTTPRequest(method: "GET", url: "http://hook.invalid/")
        request.connectAddress = address
        let given = request
        #expect(try await failure { try await CurlHTTPClient().send(given) }.code == .invalidRequest)
    }

    @Test("a long answer is cut at the limit where that is asked for, and its status stands")
    func cut() async throws {
        let server = try ScriptedServer { _ in okBytes(Array(repeating: 65, count: 300_000)) }
        defer { server.stop() }
        var limits = HTTPLimits()
        limits.responseBytes = 1000
        let client = CurlHTTPClient(limits: limits)
        var request = HTTPRequest(method: "POST", url: server.url, body: [1])
        let plain = request
        #expect(try await failure { try await client.send(plain) }.code == .tooLarge)
        request.cutsLongAnswer = true
        let answer = try await client.send(request)
        #expect(answer.status == 200 && answer.body == Array(repeating: 65, count: 1000))
    }

    @Test("names are resolved to addresses in their plain text; a name of nobody is a failure")
    func resolver() async throws {
        #expect(try await HostResolver().addresses(of: "127.0.0.1") == ["127.0.0.1"])
        await #expect(throws: HTTPTransportError.self) { try await HostResolver().addresses(of: "nobody.invalid") }
    }
}
