import NIOCore
import NIOHTTPTypes

/// Gives a request's body a time limit: whoever reads one that is not there in time gets ``BodyTooSlow``.
///
/// One timer a connection, not one a request: when it fires it looks how long the body under way, if any, has left.
final class BodyDeadline: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart

    private let limit: TimeAmount
    /// When the body under way has to be there.
    private var dueAt: NIODeadline?
    private var timer: Scheduled<Void>?

    init(_ limit: TimeAmount) {
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: begin(context)
        case .body: break
        case .end: dueAt = nil
        }
        context.fireChannelRead(data)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
    }

    private func begin(_ context: ChannelHandlerContext) {
        let dueAt = context.eventLoop.now + limit
        self.dueAt = dueAt
        if timer == nil { look(at: dueAt, context) }
    }

    private func look(at deadline: NIODeadline, _ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in
            timer = nil
            guard let dueAt else { return }
            guard context.eventLoop.now >= dueAt else { return look(at: dueAt, context) }
            self.dueAt = nil
            context.fireErrorCaught(BodyTooSlow())
        }
    }
}

/// A body did not arrive in time.
struct BodyTooSlow: Error {}
