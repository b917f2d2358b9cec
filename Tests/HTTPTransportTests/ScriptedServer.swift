import Foundation
import Glibc
import Synchronization

/// A request as the server read it.
struct ServedRequest: Sendable {
    var line: String
    var headers: [String: String]
    var body: [UInt8]
    /// Which connection it came on, from 1.
    var connection: Int
}

/// What the server does with a request it has read.
enum Reaction: Sendable {
    case answer(String)
    case answerBytes([UInt8])
    case answerAndClose(String)
    /// Closes the connection without a word.
    case drop
    /// Answers nothing until the server stops.
    case hold
}

/// A small HTTP/1.1 server on plain sockets, to misbehave on purpose.
final class ScriptedServer: Sendable {
    typealias Script = @Sendable (ServedRequest) -> Reaction

    let port: UInt16
    private let listener: Int32
    private let script: Script
    /// What it says before it is asked, as servers of other protocols do; then it closes the connection.
    private let greeting: String?
    private let state = Mutex(State())

    private struct State {
        var connections: [Int32] = []
        var requests: [ServedRequest] = []
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    init(greeting: String? = nil, _ script: @escaping Script = { _ in .drop }) throws {
        (listener, port) = try Self.listen()
        self.greeting = greeting
        self.script = script
        Thread { [self] in acceptAll() }.start()
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [ServedRequest] { state.withLock { $0.requests } }
    var connectionCount: Int { state.withLock { $0.connections.count } }

    /// Returns once so many requests have been read.
    func received(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.requests.count < count { state.waiters.append((count, continuation)) }
                return state.requests.count >= count
            }
            if isThere { continuation.resume() }
        }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        for connection in state.withLock({ $0.connections }) { shutdown(connection, Int32(SHUT_RDWR)) }
    }

    /// A port at which nobody listens.
    static func unusedPort() throws -> UInt16 {
        let (listener, port) = try listen()
        close(listener)
        return port
    }

    private static func listen() throws -> (socket: Int32, port: UInt16) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, size) == 0 && Glibc.listen(socket, 64) == 0
                    && getsockname(socket, pointer, &size) == 0
            }
        }
        guard result else { throw POSIXError(.EADDRINUSE) }
        return (socket, UInt16(bigEndian: address.sin_port))
    }

    private func acceptAll() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { break }
            let number = state.withLock { state in
                state.connections.append(connection)
                return state.connections.count
            }
            Thread { [self] in serve(connection, number) }.start()
        }
        close(listener)
    }

    private func serve(_ connection: Int32, _ number: Int) {
        var reader = RequestReader(socket: connection)
        if let greeting {
            _ = write(Array(greeting.utf8), to: connection)
            shutdown(connection, Int32(SHUT_RDWR))
            return
        }
        while let request = reader.next(connection: number) {
            record(request)
            guard perform(script(request), on: connection) else { break }
        }
        // WHY: the descriptor itself stays open until the process ends; `stop` must not meet a reused number.
        shutdown(connection, Int32(SHUT_RDWR))
    }

    private func record(_ request: ServedRequest) {
        let ready = state.withLock { state in
            state.requests.append(request)
            let count = state.requests.count
            let ready = state.waiters.filter { $0.count <= count }
            state.waiters.removeAll { $0.count <= count }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    private func perform(_ reaction: Reaction, on connection: Int32) -> Bool {
        switch reaction {
        case .answer(let text): return write(Array(text.utf8), to: connection)
        case .answerBytes(let bytes): return write(bytes, to: connection)
        case .answerAndClose(let text):
            _ = write(Array(text.utf8), to: connection)
            return false
        case .drop: return false
        case .hold: return true
        }
    }

    private func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(connection, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}
