import CRabbitMQ

/// A connected TCP or TLS socket inside a fresh library connection, which the receiver must destroy.
struct OpenSocket {
    let connection: amqp_connection_state_t
    let descriptor: Int32

    init(_ configuration: AMQPConfiguration) throws(AMQPError) {
        guard let connection = amqp_new_connection() else { preconditionFailure("out of memory") }
        do throws(AMQPError) {
            let socket = try Self.socket(connection, configuration.tls)
            // LIMIT: a reachable broker answers within milliseconds.
            let status = stateset_open_socket(socket, configuration.host, Int32(configuration.port), 5)
            guard status == AMQP_STATUS_OK.rawValue else { throw AMQPError(connecting: status) }
        } catch {
            amqp_destroy_connection(connection)
            throw error
        }
        self.connection = connection
        descriptor = amqp_get_sockfd(connection)
    }

    private static func socket(
        _ connection: amqp_connection_state_t, _ tls: AMQPConfiguration.TLS?
    ) throws(AMQPError) -> OpaquePointer {
        guard let tls else {
            guard let socket = amqp_tcp_socket_new(connection) else { preconditionFailure("out of memory") }
            return socket
        }
        guard let socket = amqp_ssl_socket_new(connection) else {
            throw AMQPError(.tls, "TLS cannot be set up", .doNotRetry)
        }
        amqp_ssl_socket_set_verify_peer(socket, 1)
        amqp_ssl_socket_set_verify_hostname(socket, 1)
        guard amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST) == AMQP_STATUS_OK.rawValue else {
            throw AMQPError(.tls, "TLS 1.2 is not available", .doNotRetry)
        }
        guard amqp_ssl_socket_set_cacert(socket, tls.authorities) == AMQP_STATUS_OK.rawValue else {
            throw AMQPError(.tls, "the file of trusted authorities cannot be read", .doNotRetry)
        }
        return socket
    }
}
