/// What has come of an answer so far.
struct CurlReceived {
    private(set) var headers: [HTTPResponse.Header] = []
    private(set) var body: [UInt8] = []
    private(set) var isTooLarge = false
    /// The body went beyond the limit and was cut there.
    private(set) var isCut = false
    /// The line before, without its end; of a mail, what the server said last.
    private(set) var lastLine = ""
    private var headerBytes = 0

    /// False when the body would grow beyond the limit.
    mutating func append(body bytes: UnsafeBufferPointer<UInt8>, limit: Int, cuts: Bool) -> Bool {
        guard body.count + bytes.count <= limit else {
            isTooLarge = !cuts
            isCut = cuts
            if cuts { body.append(contentsOf: bytes.prefix(limit - body.count)) }
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
        // The farewell of a mail server (221) is no answer to the mail.
        if !line.hasPrefix("221") { lastLine = String(line.prefix { !$0.isNewline }) }
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
