/// Hands out consecutive ids.
struct IDCounter: Sendable {
    private(set) var next: Int

    init(_ first: Int) { next = first }

    mutating func take() -> Int {
        defer { next += 1 }
        return next
    }
}

extension IDCounter {
    /// The next id in the shape of a UUID, with a prefix of one's own.
    mutating func takeUUID(prefix: String) -> String {
        let digits = String(take(), radix: 16)
        return "\(prefix)-\(String(repeating: "0", count: 12 - min(12, digits.count)))\(digits.suffix(12))"
    }
}
