import Glibc

/// Cuts what comes over a socket into requests with `Content-Length`.
struct RequestReader {
    let socket: Int32
    private var buffer: [UInt8] = []

    init(socket: Int32) {
        self.socket = socket
    }

    mutating func next(connection: Int) -> ServedRequest? {
        let headEnd: [UInt8] = [13, 10, 13, 10]
        var head = buffer.firstRange(of: headEnd)
        while head == nil {
            guard fill() else { return nil }
            head = buffer.firstRange(of: headEnd)
        }
        guard let head else { return nil }
        let lines = String(decoding: buffer[..<head.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let headers = Dictionary(lines.dropFirst().map(Self.header), uniquingKeysWith: { first, _ in first })
        let length = headers["content-length"].flatMap(Int.init) ?? 0
        while buffer.count < head.upperBound + length {
            guard fill() else { return nil }
        }
        let body = Array(buffer[head.upperBound..<head.upperBound + length])
        buffer.removeFirst(head.upperBound + length)
        return ServedRequest(line: String(lines[0]), headers: headers, body: body, connection: connection)
    }

    private mutating func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = read(socket, &chunk, chunk.count)
        guard count > 0 else { return false }
        buffer.append(contentsOf: chunk[..<count])
        return true
    }

    private static func header(_ line: Substring) -> (String, String) {
        let parts = line.split(separator: ":", maxSplits: 1)
        return (parts[0].lowercased(), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
    }
}
