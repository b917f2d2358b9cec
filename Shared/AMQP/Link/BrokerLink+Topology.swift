import CRabbitMQ

extension BrokerLink {
    /// Declares everything; what exists already in the same form is left alone.
    func declare(_ topology: AMQPTopology) throws(AMQPError) {
        for exchange in topology.exchanges { try declare(exchange) }
        for queue in topology.queues { try declare(queue) }
        for binding in topology.bindings { try declare(binding) }
        for binding in topology.formerBindings { try undo(binding) }
    }

    func declare(_ exchange: AMQPTopology.Exchange, passive: Bool = false) throws(AMQPError) {
        let (name, kind) = (pool.bytes(exchange.name), pool.bytes(exchange.kind.rawValue))
        try request("declare exchange \(exchange.name)") {
            amqp_exchange_declare(connection, Self.channel, name, kind, passive ? 1 : 0, 1, 0, 0, amqp_table_t())
        }
    }

    func declare(_ queue: AMQPTopology.Queue) throws(AMQPError) {
        let (name, arguments) = (pool.bytes(queue.name), pool.table(queue.arguments))
        try request("declare queue \(queue.name)") {
            amqp_queue_declare(connection, Self.channel, name, 0, 1, 0, 0, arguments)
        }
    }

    func declare(_ binding: AMQPTopology.Binding) throws(AMQPError) {
        let (queue, exchange) = (pool.bytes(binding.queue), pool.bytes(binding.exchange))
        let routingKey = pool.bytes(binding.routingKey)
        try request("bind \(binding.queue) to \(binding.exchange) by \(binding.routingKey)") {
            amqp_queue_bind(connection, Self.channel, queue, exchange, routingKey, amqp_table_t())
        }
    }

    /// Does nothing where there is no such binding.
    private func undo(_ binding: AMQPTopology.Binding) throws(AMQPError) {
        let (queue, exchange) = (pool.bytes(binding.queue), pool.bytes(binding.exchange))
        let routingKey = pool.bytes(binding.routingKey)
        try request("unbind \(binding.queue) from \(binding.exchange) by \(binding.routingKey)") {
            amqp_queue_unbind(connection, Self.channel, queue, exchange, routingKey, amqp_table_t())
        }
    }

    /// Messages ready and consumers of a queue that exists.
    func inspect(queue: String) throws(AMQPError) -> (messages: Int, consumers: Int) {
        let name = pool.bytes(queue)
        var found = amqp_queue_declare_ok_t()
        try request("look at queue \(queue)") {
            let answer = amqp_queue_declare(connection, Self.channel, name, 1, 1, 0, 0, amqp_table_t())
            if let answer { found = answer.pointee }
        }
        return (Int(found.message_count), Int(found.consumer_count))
    }

    func delete(queue: String) throws(AMQPError) {
        let name = pool.bytes(queue)
        try request("delete queue \(queue)") { amqp_queue_delete(connection, Self.channel, name, 0, 0) }
    }

    func delete(exchange: String) throws(AMQPError) {
        let name = pool.bytes(exchange)
        try request("delete exchange \(exchange)") { amqp_exchange_delete(connection, Self.channel, name, 0) }
    }

    func purge(queue: String) throws(AMQPError) {
        let name = pool.bytes(queue)
        try request("empty queue \(queue)") { amqp_queue_purge(connection, Self.channel, name) }
    }
}
