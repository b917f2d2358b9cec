import AMQP

/// Where a dead letter goes when it is sent again, as its row has it: the queue that it came from, or, for a message that
/// never reached one, `<exchange>/<routing key>`.
struct LetterAddress: Equatable, CustomStringConvertible {
    var exchange: String
    var routingKey: String

    init(exchange: String, routingKey: String) {
        self.exchange = exchange
        self.routingKey = routingKey
    }

    /// Queues are named `<service>.<purpose>`: none has a slash.
    init(_ text: String) {
        let slash = text.firstIndex(of: "/")
        exchange = slash.map { String(text[..<$0]) } ?? ""
        routingKey = slash.map { String(text[text.index(after: $0)...]) } ?? text
    }

    var description: String { exchange.isEmpty ? routingKey : "\(exchange)/\(routingKey)" }
}
