/// `3/1/0` in the order of the code: numerically, part by part.
struct StepPath: Comparable {
    private let parts: [Part]

    private enum Part: Comparable {
        case number(Int)
        case word(String)
    }

    init(_ text: String) {
        parts = text.split(separator: "/").map { part in Int(part).map(Part.number) ?? .word(String(part)) }
    }

    static func < (left: StepPath, right: StepPath) -> Bool { left.parts.lexicographicallyPrecedes(right.parts) }
}
