import CRabbitMQ

extension BrokerLink {
    /// The header that carries the confirm's number, so that a returned message is matched exactly.
    static let sequenceHeader = "publish-sequence"

    /// Asks the broker to confirm every publish from here on, counting from 1.
    func selectConfirms() throws(AMQPError) {
        try request("ask for confirms") { amqp_confirm_select(connection, Self.channel) }
    }

    /// Writes one message: persistent, mandatory.
    func publish(_ message: AMQPMessage, sequence: UInt64) throws(AMQPError) {
        defer { pool.recycle() }
        var properties = properties(message, sequence)
        let exchange = pool.bytes(message.exchange)
        let routingKey = pool.bytes(message.routingKey)
        let status = message.body.withUnsafeBytes { body in
            // The library only reads the body.
            let wire = amqp_bytes_t(len: body.count, bytes: UnsafeMutableRawPointer(mutating: body.baseAddress))
            return watched {
                amqp_basic_publish(connection, Self.channel, exchange, routingKey, 1, 0, &properties, wire)
            }
        }
        guard status == AMQP_STATUS_OK.rawValue else { throw AMQPError(status: status, during: "publish") }
    }

    private func properties(_ message: AMQPMessage, _ sequence: UInt64) -> amqp_basic_properties_t {
        var properties = amqp_basic_properties_t()
        var flags = AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_HEADERS_FLAG
        func optional(_ text: String?, _ flag: Int32) -> amqp_bytes_t {
            guard let text else { return amqp_bytes_t() }
            flags |= flag
            return pool.bytes(text)
        }
        var headers = message.headers
        headers[Self.sequenceHeader] = .int(Int64(sequence))
        properties.content_type = pool.bytes(message.contentType)
        properties.delivery_mode = UInt8(AMQP_DELIVERY_PERSISTENT.rawValue)
        properties.headers = pool.table(headers)
        properties.message_id = optional(message.messageID, AMQP_BASIC_MESSAGE_ID_FLAG)
        properties.correlation_id = optional(message.correlationID, AMQP_BASIC_CORRELATION_ID_FLAG)
        properties.type = optional(message.type, AMQP_BASIC_TYPE_FLAG)
        properties._flags = amqp_flags_t(flags)
        return properties
    }
}
