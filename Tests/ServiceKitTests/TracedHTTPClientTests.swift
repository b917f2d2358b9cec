import HTTPTransport
import Messaging
import Testing

@testable import ServiceKit

@Suite("Traced requests")
struct TracedHTTPClientTests {
    @Test("a request made within a trace carries a child of it, one outside none")
    func outbound() async throws {
        let client = TracedHTTPClient(base: Echo())
        let trace = TraceParent()
        let request = HTTPRequest(method: "GET", url: "http://provider")
        let inside = try await LogContext(traceParent: trace).run { try await client.send(request) }
        let sent = try #require(TraceParent(String(decoding: inside.body, as: UTF8.self)))
        #expect(sent.traceID == trace.traceID)
        #expect(sent.parentID != trace.parentID)
        #expect(try await client.send(request).body.isEmpty)
    }

    /// Answers with the trace it was called in.
    struct Echo: HTTPClient {
        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            HTTPResponse(status: 200, headers: [], body: Array((OutboundTrace.traceparent ?? "").utf8))
        }
    }
}
