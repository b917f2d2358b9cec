import Foundation

/// A port of the loopback where the system takes connections and nobody answers, or a log-in succeeds and nobody
/// answers after it.
final class FakeServer: Sendable {
    private let descriptor: Int32
    private let port: UInt16

    var url: String { "postgres://user@127.0.0.1:\(port)/none?sslmode=disable&gssencmode=disable" }

    init?() {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, size) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, generic, &size) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        if !isListening { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// Accepts so many connections and tells each that it is logged in and the server is idle.
    func acceptLogins(_ count: Int) {
        let descriptor = descriptor
        Thread.detachNewThread {
            let authenticationOK: [UInt8] = [UInt8(ascii: "R"), 0, 0, 0, 8, 0, 0, 0, 0]
            let readyForQuery: [UInt8] = [UInt8(ascii: "Z"), 0, 0, 0, 5, UInt8(ascii: "I")]
            let answer = authenticationOK + readyForQuery
            for _ in 0..<count {
                let connection = accept(descriptor, nil, nil)
                _ = write(connection, answer, answer.count)
            }
        }
    }
}
