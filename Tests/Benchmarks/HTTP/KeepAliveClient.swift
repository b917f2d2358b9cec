import Glibc

/// One connection that sends requests one after the other: blocking, so that it costs the machine little.
final class KeepAliveClient {
    private let descriptor: Int32
    private var received = [UInt8](repeating: 0, count: 16_384)

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw BenchError("nobody listens on port \(port)") }
        var flag: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &flag, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit {
        close(descriptor)
    }

    /// Sends a request and returns the status of its answer, which must say its length.
    func exchange(_ request: [UInt8]) throws -> Int {
        var sent = 0
        while sent < request.count {
            let count = request.withUnsafeBytes { send(descriptor, $0.baseAddress! + sent, $0.count - sent, 0) }
            guard count > 0 else { throw BenchError("the server closed the connection") }
            sent += count
        }
        var length = 0
        while !isComplete(length) {
            if length == received.count { received += [UInt8](repeating: 0, count: length) }
            let count = received.withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress! + length, $0.count - length, 0)
            }
            guard count > 0 else { throw BenchError("the server closed the connection") }
            length += count
        }
        return (0..<3).reduce(0) { $0 * 10 + Int(received[9 + $1]) - 48 }
    }

    /// Whether head and announced body are there. Looks at bytes, so that the load generator leaves the machine to the
    /// gateway.
    private func isComplete(_ length: Int) -> Bool {
        received.withUnsafeBytes { bytes in
            guard let end = Self.offset(of: Self.headEnd, in: bytes, until: length) else { return false }
            guard var digit = Self.offset(of: Self.lengthHeader, in: bytes, until: end) else { return true }
            var announced = 0
            digit += Self.lengthHeader.count
            while digit < end, (48...57).contains(bytes[digit]) {
                announced = announced * 10 + Int(bytes[digit]) - 48
                digit += 1
            }
            return length >= end + Self.headEnd.count + announced
        }
    }

    private static let headEnd = Array("\r\n\r\n".utf8)
    private static let lengthHeader = Array("\r\ncontent-length: ".utf8)

    /// Where `pattern`, of lower case, begins, whatever the case of the text.
    private static func offset(of pattern: [UInt8], in bytes: UnsafeRawBufferPointer, until end: Int) -> Int? {
        guard end >= pattern.count else { return nil }
        return (0...(end - pattern.count)).first { start in
            pattern.indices.allSatisfy { bytes[start + $0] == pattern[$0] || bytes[start + $0] | 0x20 == pattern[$0] }
        }
    }
}
