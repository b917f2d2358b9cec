/// Paths name operations by their place in the code: numbers, separated by `/`.
enum SagaPath {
    static func isWithin(_ path: String, _ prefix: String) -> Bool {
        path.hasPrefix(prefix) && path.utf8.dropFirst(prefix.utf8.count).first == UInt8(ascii: "/")
    }

    /// The number that follows `prefix` in `path`: which branch of the operation `prefix` it is in.
    static func branch(of path: String, in prefix: String) -> Int? {
        guard isWithin(path, prefix) else { return nil }
        return Int(path.dropFirst(prefix.count + 1).prefix { $0 != "/" })
    }

    /// Whether the code comes to `path` at `place` or later. Branches side by side come neither before nor after.
    static func isAtOrAfter(_ path: String, _ place: String) -> Bool {
        let (a, b) = (path.split(separator: "/"), place.split(separator: "/"))
        guard let fork = zip(a, b).enumerated().first(where: { $1.0 != $1.1 }) else { return a.count >= b.count }
        return fork.offset.isMultiple(of: 2) && (Int(a[fork.offset]) ?? -1) > (Int(b[fork.offset]) ?? .max)
    }

    /// The operations that `path` is a part of, outermost first: `3`, then `3/1/0`, for `3/1/0/2/5`.
    static func enclosing(_ path: String) -> [String] {
        let parts = path.split(separator: "/")
        return stride(from: 1, to: parts.count, by: 2).map { parts.prefix($0).joined(separator: "/") }
    }

    /// Addresses of undos: `3/undo`.
    static func undo(_ path: String) -> String { "\(path)/undo" }

    static func parse(address: String) -> (path: String, isUndo: Bool) {
        address.hasSuffix("/undo") ? (String(address.dropLast(5)), true) : (address, false)
    }
}

extension SagaStep {
    /// Paths in the order of the code: numerically, part by part.
    public static func inOrder(_ left: SagaStep, _ right: SagaStep) -> Bool {
        let (a, b) = (left.path.split(separator: "/"), right.path.split(separator: "/"))
        return a.lexicographicallyPrecedes(b) { (Int($0) ?? .max, $0) < (Int($1) ?? .max, $1) }
    }
}
