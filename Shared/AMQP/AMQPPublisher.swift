import Logging

/// Publishes over one connection of its own, which opens with the first message and reopens by itself.
///
/// *Guarantees.* When `publish` returns, every message is stored by every queue it was routed to, and was routed to at
/// least one. Messages of one call are written in order. Any number of calls may run at once; they share the
/// connection and its confirm window.
///
/// *Not guaranteed.* After an error some messages of the call may be stored: `AMQPError.failures` names those that
/// were not confirmed, with what is known of each.
///
/// *Threading.* All I/O is on a thread of its own; a call costs one hop to it, however many messages it has.
public final class AMQPPublisher: Sendable {
    private let core: PublisherCore

    /// - Parameters:
    ///   - confirmWindow: how many messages may be written and not yet confirmed.
    ///   - timeLimit: how long one `publish` may take in all, waiting for a connection or a blocked broker included.
    public init(
        _ configuration: AMQPConfiguration, logger: Logger, confirmWindow: Int = 1000,
        timeLimit: Duration = .seconds(30)
    ) {
        core = PublisherCore(configuration, logger: logger, window: confirmWindow, timeLimit: timeLimit)
    }

    /// Whether a connection is open at the moment; for health checks.
    public var isConnected: Bool { core.isConnected }

    /// Publishes all messages and returns when the broker has confirmed every one.
    ///
    /// - Throws: `AMQPError`: `unroutable`, `nacked`, `notFound` (an exchange does not exist: those messages are listed as
    ///   unroutable, the others of the call may be stored), `connectionLost` (unknown outcome), `timeout` (unknown
    ///   outcome if anything was written), `blocked` and `notConnected` (nothing was written), `tooLarge`,
    ///   `accessRefused`, `closed`.
    ///
    /// *Cancellation* is not observed: what is written may be stored, and the caller should learn which. The time limit
    /// ends the wait.
    public func publish(_ messages: [AMQPMessage]) async throws {
        guard !messages.isEmpty else { return }
        if let index = messages.firstIndex(where: { !$0.isPublishable }) {
            let text = "message \(index) of the call has a body over 1 MiB or a name over 255 bytes; nothing was sent"
            throw AMQPError(.tooLarge, text, .doNotRetry)
        }
        try await core.publish(messages)
    }

    /// Closes the connection. Calls that still wait end with `closed`.
    public func close() async {
        await core.close()
    }
}

extension AMQPMessage {
    /// Whether the message fits the protocol's and the contract's bounds; the library would end the connection.
    fileprivate var isPublishable: Bool {
        let short = [exchange, routingKey, contentType, messageID ?? "", correlationID ?? "", type ?? ""]
        return body.count <= Self.bodyMax && short.allSatisfy { $0.utf8.count <= Self.shortStringMax }
            && headers.keys.allSatisfy { $0.utf8.count <= 128 }
    }
}
