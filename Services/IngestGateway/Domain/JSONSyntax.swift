/// Whether bytes are one JSON text (RFC 8259), found out in one pass and without building anything.
struct JSONSyntax {
    // LIMIT: far deeper than any provider nests, far less than the stack holds.
    private static let depthMax = 256

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var hasOnlyASCII = true

    static func isValid(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            var scan = JSONSyntax(bytes: buffer)
            guard scan.text() else { return false }
            return scan.hasOnlyASCII || String(validating: buffer, as: UTF8.self) != nil
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    private mutating func text() -> Bool {
        guard value(depth: 0) else { return false }
        skipBlanks()
        return position == bytes.count
    }

    private mutating func value(depth: Int) -> Bool {
        guard depth < Self.depthMax else { return false }
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "t"): return literal("true")
        case UInt8(ascii: "f"): return literal("false")
        case UInt8(ascii: "n"): return literal("null")
        default: return number()
        }
    }
}

extension JSONSyntax {
    private mutating func object(depth: Int) -> Bool {
        position += 1
        skipBlanks()
        if take("}") { return true }
        repeat {
            skipBlanks()
            guard peek == UInt8(ascii: "\""), string() else { return false }
            skipBlanks()
            guard take(":"), value(depth: depth + 1) else { return false }
            skipBlanks()
        } while take(",")
        return take("}")
    }

    private mutating func array(depth: Int) -> Bool {
        position += 1
        skipBlanks()
        if take("]") { return true }
        repeat {
            guard value(depth: depth + 1) else { return false }
            skipBlanks()
        } while take(",")
        return take("]")
    }

    private mutating func string() -> Bool {
        position += 1
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): guard escape() else { return false }
            case 0..<0x20: return false
            case 0x80...: hasOnlyASCII = false
            default: break
            }
        }
        return false
    }

    private mutating func escape() -> Bool {
        guard let byte = peek else { return false }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return true
        case UInt8(ascii: "u"):
            return (0..<4).allSatisfy { _ in hexDigit() }
        default:
            return false
        }
    }

    private mutating func hexDigit() -> Bool {
        guard let byte = peek else { return false }
        position += 1
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            return true
        default: return false
        }
    }

    private mutating func number() -> Bool {
        _ = take("-")
        if !take("0") {
            guard digits() else { return false }
        }
        if take(".") {
            guard digits() else { return false }
        }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            return digits()
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position > start
    }

    private mutating func literal(_ text: StaticString) -> Bool {
        let end = position + text.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        let matches = (0..<text.utf8CodeUnitCount).allSatisfy { text.utf8Start[$0] == bytes[position + $0] }
        position = end
        return matches
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }
}
