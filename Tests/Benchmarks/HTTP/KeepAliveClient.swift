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

    /// Whether head and announced body are there.
    private func isComplete(_ length: Int) -> Bool {
        let text = received[..<length]
        guard let head = text.firstRange(of: [13, 10, 13, 10]) else { return false }
        let lines = String(decoding: text[..<head.lowerBound], as: UTF8.self).lowercased().split(separator: "\r\n")
        let announced = lines.first { $0.hasPrefix("content-length:") }?.split(separator: " ").last.flatMap { Int($0) }
        return length >= head.upperBound + (announced ?? 0)
    }
}
