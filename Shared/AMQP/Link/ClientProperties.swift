/// What the client tells the broker at login.
enum ClientProperties {
    /// The library's own list leaves out the notices for a cancelled consumer and a blocked connection, and without
    /// them both stay silent.
    static func table(name: String) -> [String: AMQPValue] {
        [
            "connection_name": .string(name),
            "product": "StateSet",
            "capabilities": .table([
                "authentication_failure_close": true,
                "basic.nack": true,
                "connection.blocked": true,
                "consumer_cancel_notify": true,
                "publisher_confirms": true,
            ]),
        ]
    }
}
