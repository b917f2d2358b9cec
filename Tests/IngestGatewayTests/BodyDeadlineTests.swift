import HTTPTypes
import Hummingbird
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import IngestGateway

@Suite("Time limit of a body")
struct BodyDeadlineTests {
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel(handler: BodyDeadline(.seconds(5)))
        try channel.connect(to: .init(unixDomainSocketPath: "/gateway")).wait()
    }

    private func begin() throws {
        try channel.writeInbound(
            HTTPRequestPart.head(.init(method: .post, scheme: "http", authority: "gateway", path: "/webhooks")))
    }

    private func end() throws { try channel.writeInbound(HTTPRequestPart.end(nil)) }

    private func advance(_ seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

    @Test("whoever reads a body that is not there in time is told so")
    func slow() throws {
        try begin()
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "{")))
        advance(4)
        try channel.throwIfErrorCaught()
        advance(1)
        #expect(throws: BodyTooSlow.self) { try channel.throwIfErrorCaught() }
    }

    @Test("each request of a connection has the whole time, and one that came whole is left alone")
    func nextRequest() throws {
        try begin()
        try end()
        advance(3)
        try begin()
        advance(4)
        try channel.throwIfErrorCaught()
        advance(1)
        #expect(throws: BodyTooSlow.self) { try channel.throwIfErrorCaught() }
        advance(60)
        try channel.throwIfErrorCaught()
    }

    @Test("a connection that waits for its next request is left alone")
    func quiet() throws {
        try begin()
        try end()
        advance(60)
        #expect(throws: Never.self) { try channel.throwIfErrorCaught() }
    }

    @Test("what came of a slow body is kept, to recognise it by")
    func kept() async throws {
        let (parts, source) = AsyncThrowingStream.makeStream(of: ByteBuffer.self)
        source.yield(ByteBuffer(string: #"{"id":1,"#))
        source.finish(throwing: BodyTooSlow())
        let arrived = try await BodyReader.read(RequestBody(asyncSequence: parts), announced: 100)
        #expect(arrived == .tooSlow(first: Array(#"{"id":1,"#.utf8)))
    }
}
