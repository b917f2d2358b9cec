/// The W3C trace context of a message or request (`traceparent`, version 00).
public struct TraceParent: Hashable, Sendable {
    /// 16 bytes in hexadecimal: the whole flow.
    public let traceID: String
    /// 8 bytes in hexadecimal: the step of the flow that caused this one.
    public let parentID: String
    public let isSampled: Bool

    /// Begins a new trace.
    public init(isSampled: Bool = true) {
        self.init(traceID: Self.randomHex(words: 2), parentID: Self.randomHex(words: 1), isSampled: isSampled)
    }

    /// The same trace, one step further.
    public func child() -> TraceParent {
        TraceParent(traceID: traceID, parentID: Self.randomHex(words: 1), isSampled: isSampled)
    }

    private init(traceID: String, parentID: String, isSampled: Bool) {
        self.traceID = traceID
        self.parentID = parentID
        self.isSampled = isSampled
    }

    private static func randomHex(words: Int) -> String {
        String(unsafeUninitializedCapacity: 16 * words) { digits in
            for word in 0..<words {
                // WHY: an id of zeros is invalid.
                let random = UInt64.random(in: 1...UInt64.max)
                for place in 0..<16 {
                    digits[16 * word + place] = hexDigits[Int(truncatingIfNeeded: random >> (60 - 4 * place)) & 15]
                }
            }
            return 16 * words
        }
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)
}

extension TraceParent: LosslessStringConvertible {
    /// Nil unless the text is a valid traceparent; later versions are read by the fields of version 00.
    public init?(_ text: String) {
        // version-traceID-parentID-flags, at fixed places; later versions may have more behind a hyphen.
        let bytes = Array(text.utf8)
        guard bytes.count >= 55, bytes[2] == Self.hyphen, bytes[35] == Self.hyphen, bytes[52] == Self.hyphen,
            Self.areLowerHex(bytes[0..<2]), Self.areLowerHex(bytes[3..<35]), Self.areLowerHex(bytes[36..<52]),
            Self.areLowerHex(bytes[53..<55]), bytes[0..<2] != [0x66, 0x66],
            bytes.count == 55 || bytes[0..<2] != [0x30, 0x30] && bytes[55] == Self.hyphen,
            bytes[3..<35].contains(where: { $0 != 0x30 }), bytes[36..<52].contains(where: { $0 != 0x30 }),
            let flags = UInt8(String(decoding: bytes[53..<55], as: UTF8.self), radix: 16)
        else { return nil }
        self.init(
            traceID: String(decoding: bytes[3..<35], as: UTF8.self),
            parentID: String(decoding: bytes[36..<52], as: UTF8.self), isSampled: flags & 1 == 1)
    }

    private static let hyphen = UInt8(ascii: "-")

    private static func areLowerHex(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    public var description: String {
        "00-\(traceID)-\(parentID)-\(isSampled ? "01" : "00")"
    }
}
