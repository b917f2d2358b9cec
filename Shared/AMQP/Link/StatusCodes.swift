import CRabbitMQ

extension AMQPError {
    /// A library call on an open connection failed: whatever the status, the connection is gone.
    init(status: Int32, during what: String) {
        self.init(.connectionLost, "could not \(what): \(Self.text(status))", .retry)
    }

    /// Connecting failed, before anything was sent.
    init(connecting status: Int32) {
        let tls = [
            AMQP_STATUS_SSL_ERROR, AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED, AMQP_STATUS_SSL_PEER_VERIFY_FAILED,
            AMQP_STATUS_SSL_CONNECTION_FAILED,
        ]
        let isTLS = tls.contains { $0.rawValue == status }
        self.init(isTLS ? .tls : .notConnected, "could not connect: \(Self.text(status))", .retry)
    }

    private static func text(_ status: Int32) -> String {
        amqp_error_string2(status).map { String(cString: $0) } ?? "status \(status)"
    }
}

extension amqp_rpc_reply_t {
    /// Throws what the broker or the library has to say against a request.
    func check(_ what: String) throws(AMQPError) {
        switch reply_type {
        case AMQP_RESPONSE_NORMAL: return
        case AMQP_RESPONSE_SERVER_EXCEPTION:
            var error = serverException
            error.message = "could not \(what): \(error.message)"
            throw error
        default: throw AMQPError(status: library_error, during: what)
        }
    }

    private var serverException: AMQPError {
        guard let arguments = reply.decoded else { return AMQPError(replyCode: 541, text: "no reason given") }
        if reply.id == stateset_channel_close {
            let close = arguments.load(as: amqp_channel_close_t.self)
            return AMQPError(replyCode: close.reply_code, text: close.reply_text.text)
        }
        let close = arguments.load(as: amqp_connection_close_t.self)
        return AMQPError(replyCode: close.reply_code, text: close.reply_text.text)
    }
}
