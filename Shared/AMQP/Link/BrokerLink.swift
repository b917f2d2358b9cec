import CRabbitMQ
import Glibc

/// One connection with one channel, for one thread.
///
/// Every call may block for a bounded time: the watchdog cuts the socket of one that hangs. After an error the link
/// is of no further use; releasing it closes the socket.
final class BrokerLink {
    static let channel: amqp_channel_t = 1

    let connection: amqp_connection_state_t
    let pool = WirePool()
    let descriptor: Int32
    private let watch: Watch

    /// Connects, logs in and opens the channel.
    init(_ configuration: AMQPConfiguration) throws(AMQPError) {
        let socket = try OpenSocket(configuration)
        connection = socket.connection
        descriptor = socket.descriptor
        watch = Watchdog.shared.watch(descriptor)
        try logIn(configuration)
        try request("open a channel") { amqp_channel_open(connection, Self.channel) }
    }

    deinit {
        Watchdog.shared.end(watch)
        amqp_destroy_connection(connection)
    }

    /// Brackets a C call for the watchdog.
    func watched<R>(_ call: () -> R) -> R {
        watch.begin()
        defer { watch.end() }
        return call()
    }

    /// Makes a C call that answers with a status.
    func send(_ what: String, _ call: () -> Int32) throws(AMQPError) {
        let status = watched(call)
        guard status == AMQP_STATUS_OK.rawValue else { throw AMQPError(status: status, during: what) }
    }

    /// Makes a synchronous request and reads its answer.
    func request(_ what: String, _ call: () -> Void) throws(AMQPError) {
        let reply = watched {
            call()
            return amqp_get_rpc_reply(connection)
        }
        pool.recycle()
        try reply.check(what)
    }

    /// The next frame that has arrived, if any. Services heartbeats, also when nothing has arrived.
    func nextFrame() throws(AMQPError) -> BrokerFrame? {
        var frame = amqp_frame_t()
        while true {
            let status = watched { stateset_poll_frame(connection, &frame) }
            if status == AMQP_STATUS_TIMEOUT.rawValue { return nil }
            guard status == AMQP_STATUS_OK.rawValue else { throw AMQPError(status: status, during: "receive") }
            if let received = BrokerFrame(&frame) { return received }
        }
    }

    /// What `write` sends leaves in full segments: the library itself would send each message off on its own, which
    /// costs both sides a wake-up apiece.
    func together(_ write: () throws(AMQPError) -> Void) throws(AMQPError) {
        stateset_cork(descriptor, 1)
        defer { stateset_cork(descriptor, 0) }
        try write()
    }

    /// Gives the memory of received frames back; their contents have been copied.
    func releaseBuffers() {
        amqp_maybe_release_buffers(connection)
    }

    /// Whether the kernel takes more bytes now.
    var isWritable: Bool {
        var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // An error or hang-up counts as writable: the write that follows reports it.
        return poll(&polled, 1, 0) > 0
    }

    /// As the broker has stated it at log-in.
    var brokerVersion: BrokerVersion {
        BrokerVersion(amqp_get_server_properties(connection)?.pointee.dictionary ?? [:])
    }

    /// Says goodbye, within two seconds. The socket closes when the link is released.
    func close() {
        _ = stateset_limit_requests(connection, 2)
        _ = watched { amqp_connection_close(connection, AMQP_REPLY_SUCCESS) }
    }

    /// Answers the broker's own connection.close.
    func confirmClose() {
        var answer = amqp_connection_close_ok_t()
        _ = watched { amqp_send_method(connection, 0, stateset_connection_close_ok, &answer) }
    }

    private func logIn(_ configuration: AMQPConfiguration) throws(AMQPError) {
        // LIMIT: as long as the watchdog waits, which is the second line of defence here.
        guard stateset_limit_handshake(connection, 10) == 0, stateset_limit_requests(connection, 10) == 0 else {
            throw AMQPError(.notConnected, "the connection cannot be given time limits", .retry)
        }
        var properties = pool.table(ClientProperties.table(name: configuration.connectionName))
        let reply = watched {
            stateset_login(
                connection, configuration.virtualHost, Self.frameMax, Int32(configuration.heartbeatSeconds),
                &properties, configuration.user, configuration.password)
        }
        pool.recycle()
        try reply.check("log in")
    }

    // LIMIT: the broker's own default; the library has had memory errors with very small ones.
    private static let frameMax: Int32 = 131_072
}
