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
        (0..<words).map { _ in
            // WHY: an id of zeros is invalid.
            let digits = String(UInt64.random(in: 1...UInt64.max), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

extension TraceParent: LosslessStringConvertible {
    /// Nil unless the text is a valid traceparent; later versions are read by the fields of version 00.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4, parts[0] != "ff", parts[0] != "00" || parts.count == 4,
            zip(parts, [2, 32, 16, 2]).allSatisfy({ $0.isLowerHex(digits: $1) }),
            parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" }),
            let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        self.init(traceID: parts[1], parentID: parts[2], isSampled: flags & 1 == 1)
    }

    public var description: String {
        "00-\(traceID)-\(parentID)-\(isSampled ? "01" : "00")"
    }
}

extension String {
    fileprivate func isLowerHex(digits: Int) -> Bool {
        utf8.count == digits && utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
