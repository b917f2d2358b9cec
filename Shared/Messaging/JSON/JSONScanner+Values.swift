extension JSONScanner {
    /// Reads a string, whose opening quote is next.
    mutating func text() -> String? {
        guard let span = string() else { return nil }
        return span.isEscaped ? unescaped(span.range) : String(decoding: bytes[span.range], as: UTF8.self)
    }

    /// Reads a whole number, also one written as `2.0` or `2e0`.
    mutating func integer() -> Int? {
        let start = position
        guard skipNumber() else { return nil }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
    }

    /// The inside of a string that ``string()`` has walked over.
    private func unescaped(_ range: Range<Int>) -> String {
        var scanner = JSONScanner(UnsafeBufferPointer(rebasing: bytes[range]))
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        while let byte = scanner.peek {
            scanner.position += 1
            if byte == UInt8(ascii: "\\") {
                scanner.appendEscaped(to: &text)
            } else {
                text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func appendEscaped(to text: inout [UInt8]) {
        guard let byte = peek else { return }
        position += 1
        switch byte {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): appendUnit(to: &text)
        default: text.append(byte)
        }
    }

    private mutating func appendUnit(to text: inout [UInt8]) {
        guard let unit = hexUnit() else { return }
        var scalar = UInt32(unit)
        if UTF16.isLeadSurrogate(unit), take("\\"), take("u"), let other = hexUnit() {
            scalar = 0x10000 + (UInt32(unit) & 0x3FF) << 10 + UInt32(other) & 0x3FF
        }
        text.append(contentsOf: String(Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")).utf8)
    }
}
