/// Walks over one JSON text (RFC 8259) in one pass, without building anything. Strict: what it walks over is well formed.
///
/// A walk that answers `false` or `nil` has met a fault at ``position`` and must not go on.
public struct JSONScanner {
    // LIMIT: as deep as Foundation reads; far deeper than any message nests, far less than the stack holds.
    private static let depthMax = 512

    let bytes: UnsafeBufferPointer<UInt8>
    /// The byte to look at next.
    var position = 0
    private var hasOnlyASCII = true
    /// Whether `\ud83d` must be followed by its other half. RFC 8259 lets single halves pass; they are no text.
    private let wantsWholeCharacters: Bool

    init(_ bytes: UnsafeBufferPointer<UInt8>, wantsWholeCharacters: Bool = true) {
        self.bytes = bytes
        self.wantsWholeCharacters = wantsWholeCharacters
    }

    /// Whether the bytes are one JSON text.
    public static func isValid(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer, wantsWholeCharacters: false)
            return scanner.skipValue() && scanner.end()
        }
    }

    /// Whether nothing but blanks is left, and all of it was UTF-8.
    mutating func end() -> Bool {
        skipBlanks()
        guard position == bytes.count else { return false }
        return hasOnlyASCII || String(validating: bytes, as: UTF8.self) != nil
    }

    /// Walks over any value.
    mutating func skipValue(depth: Int = 0) -> Bool {
        guard depth < Self.depthMax else { return false }
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return skipObject(depth: depth)
        case UInt8(ascii: "["): return skipArray(depth: depth)
        case UInt8(ascii: "\""): return string() != nil
        case UInt8(ascii: "t"): return take(literal: "true")
        case UInt8(ascii: "f"): return take(literal: "false")
        case UInt8(ascii: "n"): return take(literal: "null")
        default: return skipNumber()
        }
    }
}

extension JSONScanner {
    private mutating func skipObject(depth: Int) -> Bool {
        position += 1
        skipBlanks()
        if take("}") { return true }
        repeat {
            skipBlanks()
            guard peek == UInt8(ascii: "\""), string() != nil else { return false }
            skipBlanks()
            guard take(":"), skipValue(depth: depth + 1) else { return false }
            skipBlanks()
        } while take(",")
        return take("}")
    }

    private mutating func skipArray(depth: Int) -> Bool {
        position += 1
        skipBlanks()
        if take("]") { return true }
        repeat {
            guard skipValue(depth: depth + 1) else { return false }
            skipBlanks()
        } while take(",")
        return take("]")
    }

    mutating func skipNumber() -> Bool {
        _ = take("-")
        if !take("0") {
            guard skipDigits() else { return false }
        }
        if take(".") {
            guard skipDigits() else { return false }
        }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            return skipDigits()
        }
        return true
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while let byte = peek, byte &- UInt8(ascii: "0") < 10 { position += 1 }
        return position > start
    }
}

extension JSONScanner {
    /// A string's inside: where it lies, and whether it has to be unescaped.
    struct StringSpan {
        var range: Range<Int>
        var isEscaped: Bool
    }

    /// Walks over a string, whose opening quote is next.
    mutating func string() -> StringSpan? {
        position += 1
        let start = position
        var isEscaped = false
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return StringSpan(range: start..<position - 1, isEscaped: isEscaped) }
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                guard skipEscape() else { return nil }
            } else if byte < 0x20 {
                return nil
            } else if byte >= 0x80 {
                hasOnlyASCII = false
            }
        }
        return nil
    }

    private mutating func skipEscape() -> Bool {
        guard let byte = peek else { return false }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return true
        case UInt8(ascii: "u"):
            guard let unit = hexUnit() else { return false }
            return !wantsWholeCharacters || skipOtherHalf(of: unit)
        default:
            return false
        }
    }

    private mutating func skipOtherHalf(of unit: UInt16) -> Bool {
        if UTF16.isTrailSurrogate(unit) { return false }
        guard UTF16.isLeadSurrogate(unit) else { return true }
        guard take("\\"), take("u"), let other = hexUnit() else { return false }
        return UTF16.isTrailSurrogate(other)
    }

    /// Four hexadecimal digits.
    mutating func hexUnit() -> UInt16? {
        guard position + 4 <= bytes.count else { return nil }
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Self.value(ofDigit: bytes[position]) else { return nil }
            unit = unit << 4 | digit
            position += 1
        }
        return unit
    }

    private static func value(ofDigit character: UInt8) -> UInt16? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(character - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(character - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(character - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

extension JSONScanner {
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func take(literal: StaticString) -> Bool {
        guard position + literal.utf8CodeUnitCount <= bytes.count else { return false }
        for index in 0..<literal.utf8CodeUnitCount where literal.utf8Start[index] != bytes[position + index] {
            return false
        }
        position += literal.utf8CodeUnitCount
        return true
    }

    mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }
}
