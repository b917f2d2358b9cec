extension RawJSON {
    /// The members of an object in their order, each value as it was written; nil for anything else.
    public var members: [(name: String, value: RawJSON)]? {
        bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            scanner.skipBlanks()
            guard scanner.take("{") else { return nil }
            var members: [(name: String, value: RawJSON)] = []
            scanner.skipBlanks()
            if !scanner.take("}") {
                repeat {
                    guard let member = scanner.member(of: bytes) else { return nil }
                    members.append(member)
                    scanner.skipBlanks()
                } while scanner.take(",")
                guard scanner.take("}") else { return nil }
            }
            return scanner.end() ? members : nil
        }
    }

    /// An object of members that are JSON already.
    public init(members: [(name: String, value: RawJSON)]) {
        var text = JSONText(capacity: members.reduce(2) { $0 + $1.name.utf8.count + $1.value.bytes.count + 4 })
        text.append("{")
        for (index, member) in members.enumerated() {
            if index > 0 { text.append(",") }
            text.append(text: member.name)
            text.append(":")
            text.append(member.value.bytes)
        }
        text.append("}")
        bytes = text.bytes
    }

    /// The object with one more member; anything else as it is.
    public func adding(_ name: String, _ value: RawJSON) -> RawJSON {
        members.map { RawJSON(members: $0 + [(name, value)]) } ?? self
    }
}

extension JSONScanner {
    /// One member of an object, at whose name the scanner stands.
    fileprivate mutating func member(of bytes: [UInt8]) -> (name: String, value: RawJSON)? {
        skipBlanks()
        guard peek == UInt8(ascii: "\""), let name = text() else { return nil }
        skipBlanks()
        guard take(":") else { return nil }
        skipBlanks()
        let start = position
        guard skipValue(depth: 1) else { return nil }
        return (name, RawJSON(bytes: Array(bytes[start..<position])))
    }
}
