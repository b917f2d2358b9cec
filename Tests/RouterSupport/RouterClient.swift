import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded

/// Asks a service's router as its HTTP server would, without a socket.
public struct RouterClient: Sendable {
    public struct Answer: Sendable {
        public let status: HTTPResponse.Status
        public let headers: HTTPFields
        public let body: ByteBuffer
    }

    private let ask: @Sendable (Request) async throws -> Response

    public init<Context: InitializableFromSource<ApplicationRequestContextSource>>(_ router: Router<Context>) {
        let responder = router.buildResponder()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ask = { request in
            let source = ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: logger)
            return try await responder.respond(to: request, context: Context(source: source))
        }
    }

    /// - Throws: What no middleware of the router has turned into an answer.
    public func send(
        _ method: HTTPRequest.Method, _ uri: String, _ headers: HTTPFields = [:], _ body: String = ""
    ) async throws -> Answer {
        var headers = headers
        headers[.contentLength] = String(body.utf8.count)
        let head = HTTPRequest(
            method: method, scheme: "http", authority: "localhost", path: uri, headerFields: headers)
        let response = try await ask(Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body))))
        let received = Received()
        try await response.body.write(ReceivedWriter(received: received))
        return Answer(status: response.status, headers: response.headers, body: await received.body)
    }
}

/// What a response has written of its body.
private actor Received {
    private(set) var body = ByteBuffer()

    func append(_ buffer: ByteBuffer) { body.writeImmutableBuffer(buffer) }
}

private struct ReceivedWriter: ResponseBodyWriter {
    let received: Received

    func write(_ buffer: ByteBuffer) async throws { await received.append(buffer) }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
