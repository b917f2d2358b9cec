import HTTPTransport
import Testing

@Suite("The life of an HTTP client")
struct LifeTests {
    @Test("a cancelled exchange ends at once and says that it was sent")
    func cancellation() async throws {
        let server = try ScriptedServer { _ in .hold }
        defer { server.stop() }
        let client = CurlHTTPClient()
        let request = HTTPRequest(method: "POST", url: server.url, body: [1])
        let exchange = Task { try await client.send(request) }
        await server.received(1)
        exchange.cancel()
        let error = try await failure { try await exchange.value }
        #expect(error.code == .cancelled)
        #expect(error.wasSent)
    }

    @Test("a task cancelled before it sends ends as cancelled")
    func cancelledBefore() async throws {
        let server = try ScriptedServer { _ in .hold }
        defer { server.stop() }
        let client = CurlHTTPClient()
        let request = HTTPRequest(method: "POST", url: server.url, body: [1])
        let exchange = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(request)
        }
        let error = try await failure { try await exchange.value }
        #expect(error.code == .cancelled)
    }

    @Test("shutdown fails what is under way and what comes later")
    func shutdown() async throws {
        let server = try ScriptedServer { _ in .hold }
        defer { server.stop() }
        let client = CurlHTTPClient()
        let request = HTTPRequest(method: "POST", url: server.url, body: [1])
        let exchange = Task { try await client.send(request) }
        await server.received(1)
        await client.shutdown()
        let underWay = try await failure { try await exchange.value }
        #expect(underWay.code == .closed)
        #expect(underWay.wasSent)
        let later = try await failure { try await client.send(request) }
        #expect(later.code == .closed)
        #expect(!later.wasSent)
    }

    @Test("a client with all it takes under way refuses more")
    func overload() async throws {
        let server = try ScriptedServer { _ in .hold }
        defer { server.stop() }
        var limits = HTTPLimits()
        limits.exchanges = 1
        let client = CurlHTTPClient(limits: limits)
        let request = HTTPRequest(method: "GET", url: server.url)
        let exchange = Task { try await client.send(request) }
        await server.received(1)
        let error = try await failure { try await client.send(request) }
        #expect(error.code == .overloaded)
        #expect(!error.wasSent)
        exchange.cancel()
        _ = try await failure { try await exchange.value }
    }
}
