import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The mail server's port: reads the conversation, and hands each message to the exchange, where faults strike it as
/// they do any request, under the method `DATA`.
struct SMTPServer: Service {
    let host: String
    let port: Int
    let login: String?
    /// `SMTPSimulator` behind the exchange.
    let deliver: @Sendable (SimulatedRequest) async -> Exchange.Outcome
    let now: @Sendable () -> Date
    let logger: Logger
    var onReady: @Sendable (Int) async -> Void = { _ in }

    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    func run() async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        await onReady(server.channel.localAddress?.port ?? port)
        try await withThrowingDiscardingTaskGroup { group in
            try await server.executeThenClose { connections in
                for try await connection in connections.cancelOnGracefulShutdown() {
                    group.addTask { await serve(connection) }
                }
            }
        }
    }

    /// A client that breaks off is nothing to tell of.
    private func serve(_ connection: Connection) async {
        do {
            try await connection.executeThenClose { inbound, outbound in
                var session = SMTPSession(login: login)
                try await outbound.write(ByteBuffer(string: SMTPSession.greeting))
                for try await bytes in inbound {
                    for action in session.receive(Array(bytes.readableBytesView)) {
                        guard let reply = await reply(to: action) else { return }
                        try await outbound.write(ByteBuffer(string: reply))
                    }
                }
            }
        } catch {
            logger.debug("a mail client broke off", metadata: ["error": "\(error)"])
        }
    }

    /// Nil closes the connection.
    private func reply(to action: SMTPSession.Action) async -> String? {
        switch action {
        case .reply(let text): return text
        case .close: return nil
        case .mail(let mail):
            switch await deliver(mail.request(now: now())) {
            case .drop: return nil
            case .answer(let response): return SMTPSimulator.line(response)
            }
        }
    }
}

extension SMTPSession.Mail {
    func request(now: Date) -> SimulatedRequest {
        let path = "/\(recipients.joined(separator: ","))"
        return SimulatedRequest(
            method: "DATA", origin: "smtp://simulator", fullPath: "/\(SMTPSimulator.name)\(path)", path: path,
            query: [],
            headers: [.init(name: "sender", value: sender)]
                + recipients.map { .init(name: "recipient", value: $0) },
            bytes: bytes, body: .other, now: now)
    }
}
