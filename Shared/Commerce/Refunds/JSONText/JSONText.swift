/// JSON written member by member, in the order given.
///
/// WHY: a derivation has a hundred small objects; Foundation's encoder takes longer for them than the refund does by far.
struct JSONText {
    private var bytes: [UInt8] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }
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
        write(String(value))
        needsComma = true
    }

    mutating func member(_ name: StaticString, _ value: Money) {
        member(name, value.decimalString)
    }

    mutating func member(_ name: StaticString, _ value: DerivationName) {
        self.name(name)
        write("\"")
        if value.list != .none {
            write(value.list.rawValue)
            write("[")
            write(String(value.index))
            write("].")
        }
        write(value.field.rawValue)
        write("\"")
        needsComma = true
    }

    /// The name of the member whose value is written next. Names are plain words and need no escapes.
    mutating func name(_ name: StaticString) {
        separate()
        write("\"")
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        write("\":")
    }

    private mutating func string(_ value: String) {
        separate()
        JSONQuoting.append(value, to: &bytes)
        needsComma = true
    }

    private mutating func begin(_ bracket: String) {
        separate()
        write(bracket)
    }

    private mutating func end(_ bracket: String) {
        write(bracket)
        needsComma = true
    }

    private mutating func write(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func separate() {
        if needsComma { write(",") }
        needsComma = false
    }
}
