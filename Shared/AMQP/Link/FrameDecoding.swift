import CRabbitMQ

extension BrokerFrame {
    /// Copies everything of interest out of a frame. `nil` for frames without content, such as heartbeats.
    init?(_ frame: UnsafePointer<amqp_frame_t>) {
        switch Int32(frame.pointee.frame_type) {
        case AMQP_FRAME_METHOD:
            guard let arguments = stateset_frame_arguments(frame) else { return nil }
            self.init(method: stateset_frame_method(frame), arguments)
        case AMQP_FRAME_HEADER:
            let properties = stateset_frame_properties(frame).map { ReceivedProperties($0.pointee) }
            self = .header(bodySize: stateset_frame_body_size(frame), properties ?? ReceivedProperties())
        case AMQP_FRAME_BODY: self = .body(stateset_frame_body(frame).array)
        default: return nil
        }
    }

    private init(method: amqp_method_number_t, _ arguments: UnsafeRawPointer) {
        switch method {
        case stateset_basic_deliver: self = Self.deliver(arguments.load(as: amqp_basic_deliver_t.self))
        case stateset_basic_return: self = Self.returned(arguments.load(as: amqp_basic_return_t.self))
        case stateset_basic_ack:
            let ack = arguments.load(as: amqp_basic_ack_t.self)
            self = .acked(tag: ack.delivery_tag, multiple: ack.multiple != 0)
        case stateset_basic_nack:
            let nack = arguments.load(as: amqp_basic_nack_t.self)
            self = .nacked(tag: nack.delivery_tag, multiple: nack.multiple != 0)
        case stateset_basic_cancel: self = .consumerCancelled
        case stateset_connection_blocked:
            self = .blocked(reason: arguments.load(as: amqp_connection_blocked_t.self).reason.text)
        case stateset_connection_unblocked: self = .unblocked
        case stateset_channel_close:
            let close = arguments.load(as: amqp_channel_close_t.self)
            self = .channelClosed(code: close.reply_code, text: close.reply_text.text)
        case stateset_connection_close:
            let close = arguments.load(as: amqp_connection_close_t.self)
            self = .connectionClosed(code: close.reply_code, text: close.reply_text.text)
        default: self = .other(method: method)
        }
    }

    private static func deliver(_ wire: amqp_basic_deliver_t) -> BrokerFrame {
        .deliver(
            tag: wire.delivery_tag, redelivered: wire.redelivered != 0, exchange: wire.exchange.text,
            routingKey: wire.routing_key.text)
    }

    private static func returned(_ wire: amqp_basic_return_t) -> BrokerFrame {
        .returned(exchange: wire.exchange.text, routingKey: wire.routing_key.text, replyText: wire.reply_text.text)
    }
}
