extension String {
    /// Whether it holds characters that are no text: U+0000 to U+001F and U+007F to U+009F.
    /// Source: CloudEvents 1.0, type system, String.
    var hasControlCharacters: Bool {
        var text = self
        return text.withUTF8 { bytes in
            var last: UInt8 = 0
            for byte in bytes {
                // In UTF-8 U+0080 to U+009F are C2 80 to C2 9F.
                if byte < 0x20 || byte == 0x7F || (last == 0xC2 && byte < 0xA0) { return true }
                last = byte
            }
            return false
        }
    }

    /// What a message may say of itself: each control character replaced by U+FFFD.
    var withoutControlCharacters: String {
        guard hasControlCharacters else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? "\u{FFFD}" : $0 }))
    }

    // LIMIT: an error's words fit a log line, a header of the broker and a chat message; who quotes a megabyte is cut.
    static let printableMax = 2_000

    /// The words of an error that may quote anything, as every store and log takes them: control characters escaped
    /// (`\u{0001}`), the end cut off.
    func printable(upTo max: Int = printableMax) -> String {
        guard utf8.count > max || hasControlCharacters else { return self }
        var text = ""
        for scalar in unicodeScalars.prefix(max) {
            text += scalar.isControl ? scalar.escaped(asASCII: true) : String(scalar)
        }
        return unicodeScalars.count > max ? text + "…" : text
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { value < 0x20 || (0x7F..<0xA0).contains(value) }
}
