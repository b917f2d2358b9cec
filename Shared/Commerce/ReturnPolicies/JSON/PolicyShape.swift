/// What a value of a policy looks like in JSON: for the page about policies, and for the API's description of itself.
public indirect enum PolicyShape: Sendable {
    /// A text; the words say of which kind.
    case text(String)
    /// A decimal as text or as number; the words say of what.
    case decimal(String)
    case choice([String])
    case flag
    case whole(ClosedRange<Int>)
    case list(PolicyShape)
    /// An object whose member names are data.
    case named(PolicyShape)
    case object([PolicyShapeMember])
    case either(PolicyShape, PolicyShape)
    /// An object whose members have tables of their own.
    case described(String)
}

/// A member of an object of a policy.
public struct PolicyShapeMember: Sendable {
    public let name: String
    public let shape: PolicyShape
    public let isRequired: Bool
    /// What it is where it is left out; nil for nothing.
    public let standard: String?
}

extension PolicyShape {
    /// In a few words.
    public var words: String {
        switch self {
        case .text(let words), .decimal(let words), .described(let words): words
        case .choice(let names): names.count == 1 ? names[0] : "one of " + names.joined(separator: ", ")
        case .flag: "true or false"
        case .whole(let range): "a whole number, \(range.lowerBound) to \(range.upperBound)"
        case .list(let element): "a list: " + element.words
        case .named(let element): "by its name: " + element.words
        case .object: "an object"
        case .either(let first, let second): "\(first.words), or \(second.words)"
        }
    }

    /// Of the object that it is, or that its elements are.
    public var members: [PolicyShapeMember] {
        switch self {
        case .object(let members): members
        case .list(let element), .named(let element): element.members
        case .either(let first, let second): first.members + second.members
        case .text, .decimal, .choice, .flag, .whole, .described: []
        }
    }

    /// What the path of its members goes on with.
    public var pathMark: String {
        if case .list = self { return "[]" }
        return ""
    }
}

extension PolicyForm {
    var shape: PolicyShape {
        .object(
            members.map { member in
                PolicyShapeMember(
                    name: member.name, shape: member.shape, isRequired: member.isRequired,
                    standard: member.write(initial).standardText)
            })
    }
}

extension PolicyJSON {
    /// Nil for what is nothing, and for an object, whose members have their own.
    fileprivate var standardText: String? {
        switch self {
        case .null, .object: nil
        case .flag(let flag): flag ? "true" : "false"
        case .number(let text): text
        case .text(let text): text.isEmpty ? nil : text
        case .list(let items): items.isEmpty ? nil : items.compactMap(\.standardText).joined(separator: ", ")
        }
    }
}
