/// A pattern in which `*` stands for any run of characters and `?` for any one.
struct Glob: Sendable, Equatable {
    private let pattern: [UInt8]
    let text: String

    init(_ text: String) {
        self.text = text
        pattern = Array(text.utf8)
    }

    /// Whether the whole of `candidate` fits. Linear in practice: only the last `*` is ever revisited.
    func matches(_ candidate: String) -> Bool {
        let subject = Array(candidate.utf8)
        var p = 0
        var s = 0
        var star: (pattern: Int, subject: Int)?
        while s < subject.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                star = (p, s)
                p += 1
            } else if p < pattern.count, pattern[p] == UInt8(ascii: "?") || pattern[p] == subject[s] {
                p += 1
                s += 1
            } else if let last = star {
                star = (last.pattern, last.subject + 1)
                p = last.pattern + 1
                s = last.subject + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
