import HTTPTransport
import Messaging

/// Sends each request as a new step of the trace of the work at hand.
struct TracedHTTPClient: HTTPClient {
    let base: any HTTPClient

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let trace = LogContext.current.traceParent else { return try await base.send(request) }
        return try await OutboundTrace.$traceparent.withValue(trace.child().description) {
            try await base.send(request)
        }
    }
}
