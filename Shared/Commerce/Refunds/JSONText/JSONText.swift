/// JSON written member by member, in the order given.
///
/// WHY: a derivation has a hundred small objects; Foundation's encoder takes longer for them than the refund does by far.
struct JSONText {
    private(set) var text = ""
    private var needsComma = false

    mutating func object(_ members: (inout JSONText) -> Void) {
        begin("{")
        members(&self)
        end("}")
    }

    mutating func array<Element>(_ elements: some Sequence<Element>, _ write: (inout JSONText, Element) -> Void) {
        begin("[")
        for element in elements { write(&self, element) }
        end("]")
    }

    mutating func member(_ name: StaticString, _ value: String) {
        self.name(name)
        string(value)
    }

    mutating func member(_ name: StaticString, _ value: Int) {
        self.name(name)
        separate()
        text += String(value)
        needsComma = true
    }

    mutating func member(_ name: StaticString, _ value: Money) {
        member(name, value.decimalString)
    }

    mutating func member(_ name: StaticString, _ value: DerivationName) {
        self.name(name)
        text += "\""
        if value.list != .none {
            text += value.list.rawValue
            text += "["
            text += String(value.index)
            text += "]."
        }
        text += value.field.rawValue
        text += "\""
        needsComma = true
    }

    /// The name of the member whose value is written next. Names are plain words and need no escapes.
    mutating func name(_ name: StaticString) {
        separate()
        text += "\""
        text += name.description
        text += "\":"
    }

    private mutating func string(_ value: String) {
        separate()
        text += "\""
        if value.utf8.allSatisfy(Self.isPlain) {
            text += value
        } else {
            for scalar in value.unicodeScalars { text += Self.escaped(scalar) }
        }
        text += "\""
        needsComma = true
    }

    private mutating func begin(_ bracket: String) {
        separate()
        text += bracket
    }

    private mutating func end(_ bracket: String) {
        text += bracket
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { text += "," }
        needsComma = false
    }
}

extension JSONText {
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// RFC 8259 section 7: quotation mark, reverse solidus and the control characters must be escaped.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"", "\\": "\\\(scalar)"
        case "\u{0}"..."\u{1F}":
            "\\u" + String(repeating: "0", count: scalar.value < 16 ? 3 : 2) + String(scalar.value, radix: 16)
        default: String(scalar)
        }
    }
}
