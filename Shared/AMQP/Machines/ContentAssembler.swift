/// Puts deliveries and returns together from method, header and body frames, and passes everything else on.
struct ContentAssembler {
    private enum Origin {
        case delivery(tag: UInt64, redelivered: Bool)
        case `return`(replyText: String)
    }

    private enum State {
        case idle
        case awaitingHeader(Origin, exchange: String, routingKey: String)
        case awaitingBody(Origin, ReceivedContent, missing: UInt64)
    }

    private var state = State.idle
    private let bodyMax: Int

    init(bodyMax: Int = AMQPMessage.bodyMax) {
        self.bodyMax = bodyMax
    }

    /// Takes one frame. `nil` until a message is complete, and for frames of no interest.
    mutating func receive(_ frame: BrokerFrame) -> BrokerEvent? {
        switch frame {
        case .deliver(let tag, let redelivered, let exchange, let routingKey):
            return begin(.delivery(tag: tag, redelivered: redelivered), exchange, routingKey)
        case .returned(let exchange, let routingKey, let replyText):
            return begin(.return(replyText: replyText), exchange, routingKey)
        case .header(let bodySize, let properties): return header(bodySize, properties)
        case .body(let fragment): return body(fragment)
        case .acked(let tag, let multiple): return .acked(tag: tag, multiple: multiple)
        case .nacked(let tag, let multiple): return .nacked(tag: tag, multiple: multiple)
        case .blocked(let reason): return .blocked(reason: reason)
        case .unblocked: return .unblocked
        case .consumerCancelled:
            return .failed(AMQPError(.notFound, "the broker cancelled the consumer: its queue is gone", .retry))
        case .channelClosed(let code, let text), .connectionClosed(let code, let text):
            return .failed(AMQPError(replyCode: code, text: text))
        case .other: return nil
        }
    }

    private mutating func begin(_ origin: Origin, _ exchange: String, _ routingKey: String) -> BrokerEvent? {
        guard case .idle = state else { return outOfOrder("a message began inside another") }
        state = .awaitingHeader(origin, exchange: exchange, routingKey: routingKey)
        return nil
    }

    private mutating func header(_ bodySize: UInt64, _ properties: ReceivedProperties) -> BrokerEvent? {
        guard case .awaitingHeader(let origin, let exchange, let routingKey) = state else {
            return outOfOrder("a content header came alone")
        }
        let content = ReceivedContent(
            exchange: exchange, routingKey: routingKey, properties: properties, body: [],
            isOversized: bodySize > UInt64(bodyMax))
        return proceed(origin, content, missing: bodySize)
    }

    private mutating func body(_ fragment: [UInt8]) -> BrokerEvent? {
        guard case .awaitingBody(let origin, var content, let missing) = state, missing >= UInt64(fragment.count) else {
            return outOfOrder("a body frame came out of place")
        }
        // The state must let go of the content, or appending would copy the body.
        state = .idle
        if content.body.isEmpty, !content.isOversized {
            content.body = fragment
        } else if !content.isOversized {
            content.body.append(contentsOf: fragment)
        }
        return proceed(origin, content, missing: missing - UInt64(fragment.count))
    }

    private mutating func proceed(_ origin: Origin, _ content: ReceivedContent, missing: UInt64) -> BrokerEvent? {
        guard missing == 0 else {
            state = .awaitingBody(origin, content, missing: missing)
            return nil
        }
        state = .idle
        switch origin {
        case .delivery(let tag, let redelivered): return .delivered(content, tag: tag, redelivered: redelivered)
        case .return(let replyText): return .returned(content, replyText: replyText)
        }
    }

    private mutating func outOfOrder(_ what: String) -> BrokerEvent {
        state = .idle
        return .failed(AMQPError(.protocolError, what, .retry))
    }
}
