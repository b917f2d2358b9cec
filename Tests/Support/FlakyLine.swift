import Foundation
import Synchronization

/// A way to a server of the loopback that can be made to fall silent, stop half-way, or break, as networks do.
///
/// Each connection to ``port`` is carried on to the server by a thread of its own. What was broken stays broken; new
/// connections work.
public final class FlakyLine: Sendable {
    public let port: Int
    private let listener: Int32
    private let target: Int
    private let calls = Mutex<[Call]>([])

    /// - Parameter target: the port of the server; `nil` for one that takes connections and never says a word.
    public init?(to target: Int?) {
        guard let (listener, port) = Loopback.listen(backlog: 16) else { return nil }
        self.listener = listener
        self.port = port
        self.target = target ?? 0
        Thread.detachNewThread { [weak self, listener] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0, let self else { return }
                take(client)
            }
        }
    }

    deinit {
        for call in calls.withLock({ $0 }) { call.end() }
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// From now on nothing passes on the connections there are, either way, and nobody is told.
    public func stall() {
        stall(after: 0)
    }

    /// The connections there are fall silent once so many more bytes have come from the server.
    public func stall(after bytes: Int) {
        for call in calls.withLock({ $0 }) { call.allow(bytes) }
    }

    /// Ends the connections there are.
    public func cut() {
        for call in calls.withLock({ $0 }) { call.end() }
    }

    private func take(_ client: Int32) {
        let server = target == 0 ? -1 : Loopback.connect(to: target) ?? -1
        let call = Call(client: client, server: server)
        calls.withLock { $0.append(call) }
        Thread.detachNewThread { call.carry() }
    }

    /// One connection and its other half.
    private final class Call: Sendable {
        private let client: Int32
        private let server: Int32
        /// What may still pass from the server; no limit below zero.
        private let allowance = Atomic(-1)
        private let isOver = Atomic(false)

        init(client: Int32, server: Int32) {
            self.client = client
            self.server = server
        }

        func allow(_ bytes: Int) { allowance.store(bytes, ordering: .relaxed) }

        func end() { isOver.store(true, ordering: .relaxed) }

        func carry() {
            while !isOver.load(ordering: .relaxed) {
                guard server >= 0, allowance.load(ordering: .relaxed) != 0 else {
                    poll(nil, 0, 20)
                    continue
                }
                var ends = [client, server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
                guard poll(&ends, 2, 20) > 0 else { continue }
                if ends[1].revents != 0, !pass(server, client, limited: true) { break }
                if ends[0].revents != 0, !pass(client, server, limited: false) { break }
            }
            close(client)
            if server >= 0 { close(server) }
        }

        private func pass(_ source: Int32, _ sink: Int32, limited: Bool) -> Bool {
            let left = allowance.load(ordering: .relaxed)
            var buffer = [UInt8](repeating: 0, count: limited && left > 0 ? min(left, 65_536) : 65_536)
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0, send(sink, buffer, count, Int32(MSG_NOSIGNAL)) == count else { return false }
            if limited, left > 0 { allowance.store(left - count, ordering: .relaxed) }
            return true
        }
    }
}

/// Sockets of the loopback.
public enum Loopback {
    /// A listening socket on any free port.
    public static func listen(backlog: Int32) -> (descriptor: Int32, port: Int)? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = address(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, size) == 0 && Glibc.listen(descriptor, backlog) == 0
                    && getsockname(descriptor, generic, &size) == 0
            }
        }
        guard isListening else {
            close(descriptor)
            return nil
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// - Parameter waits: false leaves a connection that is not answered at once half-open.
    public static func connect(to port: Int, waits: Bool = true) -> Int32? {
        let kind = Int32(SOCK_STREAM.rawValue) | (waits ? 0 : Int32(SOCK_NONBLOCK.rawValue))
        let descriptor = socket(AF_INET, kind, 0)
        var address = address(port: port)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                Glibc.connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 || (!waits && errno == EINPROGRESS) else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// A port that was free a moment ago.
    public static func freePort() -> Int? {
        guard let (descriptor, port) = listen(backlog: 1) else { return nil }
        close(descriptor)
        return port
    }

    private static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }
}
