/// The path of a step, `3/1/0`, in the order of the code: numerically, part by part.
public struct StepPath: Comparable, Sendable {
    public let parts: [Substring]

    public init(_ text: String) { parts = text.split(separator: "/") }

    /// The outermost `count` parts.
    public func prefix(_ count: Int) -> String { parts.prefix(count).joined(separator: "/") }

    public static func < (left: StepPath, right: StepPath) -> Bool {
        left.parts.lexicographicallyPrecedes(right.parts) { a, b in
            (Int(a) ?? .max, a) < (Int(b) ?? .max, b)
        }
    }
}
