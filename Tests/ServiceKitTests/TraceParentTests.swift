import HTTPTransport
import Testing

@testable import ServiceKit

@Suite("TraceParent")
struct TraceParentTests {
    let example = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test("reads and writes the W3C form")
    func roundTrip() throws {
        let trace = try #require(TraceParent(example))
        #expect(trace.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(trace.parentID == "00f067aa0ba902b7")
        #expect(trace.isSampled)
        #expect(trace.description == example)
    }

    @Test("a child stays in the trace and has a span of its own")
    func child() throws {
        let parent = TraceParent(isSampled: false)
        let child = parent.child()
        #expect(child.traceID == parent.traceID)
        #expect(child.parentID != parent.parentID)
        #expect(!child.isSampled)
        #expect(TraceParent(child.description) == child)
    }

    @Test("a later version is read by the fields of the first")
    func laterVersion() {
        #expect(TraceParent("01" + example.dropFirst(2) + "-more")?.description == example)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        ])
    func refused(text: String) {
        #expect(TraceParent(text) == nil)
    }

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
