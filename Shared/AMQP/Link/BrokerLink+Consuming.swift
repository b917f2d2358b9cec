import CRabbitMQ

extension BrokerLink {
    private static let consumerTag = "consumer"

    /// Starts deliveries from `queue`, at most `prefetch` of them unsettled at a time.
    func consume(_ queue: String, prefetch: UInt16) throws(AMQPError) {
        try request("limit the prefetch") { amqp_basic_qos(connection, Self.channel, 0, prefetch, 0) }
        let (name, tag) = (pool.bytes(queue), pool.bytes(Self.consumerTag))
        try request("consume from \(queue)") {
            amqp_basic_consume(connection, Self.channel, name, tag, 0, 0, 0, amqp_table_t())
        }
    }

    /// Stops deliveries. What is under way still arrives.
    func cancelConsumer() throws(AMQPError) {
        let tag = pool.bytes(Self.consumerTag)
        try request("cancel the consumer") { amqp_basic_cancel(connection, Self.channel, tag) }
    }

    func acknowledge(_ tag: UInt64, multiple: Bool) throws(AMQPError) {
        try send("acknowledge") { amqp_basic_ack(connection, Self.channel, tag, multiple ? 1 : 0) }
    }

    /// With `requeue` by reject, never nack: only a reject counts towards the delivery limit on every broker version.
    func reject(_ tag: UInt64, requeue: Bool) throws(AMQPError) {
        try send("reject") { amqp_basic_reject(connection, Self.channel, tag, requeue ? 1 : 0) }
    }
}
