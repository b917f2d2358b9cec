/// What has come of an answer so far.
struct CurlReceived {
    private(set) var headers: [HTTPResponse.Header] = []
    private(set) var body: [UInt8] = []
    private(set) var isTooLarge = false
    private var headerBytes = 0

    /// False when the body would grow beyond the limit.
    mutating func append(body bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> Bool {
        guard body.count + bytes.count <= limit else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// Takes a line as it came: a status line, a header or the empty line at the end.
    mutating func append(headerLine bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= limit else {
            isTooLarge = true
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // WHY: an interim answer (100, 103) is followed by the one that counts.
            headers = []
        } else if let header = Self.parse(line) {
            headers.append(header)
        }
        return true
    }

    private static func parse(_ line: String) -> HTTPResponse.Header? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let value = line[line.index(after: colon)...].trimming { $0.isWhitespace }
        return (String(line[..<colon]), String(value))
    }
}

extension Substring {
    fileprivate func trimming(_ isEdge: (Character) -> Bool) -> Substring {
        let head = drop(while: isEdge)
        guard let last = head.lastIndex(where: { !isEdge($0) }) else { return head.prefix(0) }
        return head[...last]
    }
}
