import Commerce

/// Writes JSON straight into bytes.
package struct JSONText {
    package private(set) var bytes: [UInt8]

    package init(capacity: Int) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    package mutating func append(_ literal: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// Bytes that are JSON already.
    mutating func append(_ json: [UInt8]) {
        bytes.append(contentsOf: json)
    }

    /// A string in quotes.
    package mutating func append(text: String) {
        JSONQuoting.append(text, to: &bytes)
    }
}
