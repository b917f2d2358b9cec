extension AMQPError {
    /// The one table from AMQP reply codes to meaning.
    init(replyCode: UInt16, text: String) {
        let message = "the broker answered \(replyCode): \(text)"
        switch replyCode {
        case 311: self.init(.tooLarge, message, .doNotRetry)
        case 402, 403, 530: self.init(.accessRefused, message, .doNotRetry)
        case 404: self.init(.notFound, message, .doNotRetry)
        case 406: self.init(.preconditionFailed, message, .doNotRetry)
        case 501...505: self.init(.protocolError, message, .retry)
        default: self.init(.connectionLost, message, .retry)
        }
    }
}
