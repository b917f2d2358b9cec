import Foundation

/// Reads one JSON object member by member and refuses, in the provider's own words, what it would not take.
struct StrictFields: Sendable {
    enum Problem: Sendable {
        case missing
        case unknown
        /// What is expected, as the end of a sentence: `must be a number`.
        case wrong(String)
    }

    let object: JSONObject
    /// Where the object stands, for messages: `shipment.ship_to.`
    var path = ""
    let refuse: @Sendable (_ field: String, Problem) -> Refusal

    /// Refuses members that the provider does not know.
    func allow(_ names: Set<String>) throws {
        for name in object.keys where !names.contains(name) { throw refuse(path + name, .unknown) }
    }

    func text(_ name: String, max limit: Int? = nil) throws -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string else { throw refuse(path + name, .wrong("must be a text")) }
        if let limit, text.count > limit {
            throw refuse(path + name, .wrong("must have at most \(limit) characters"))
        }
        return text
    }

    func requiredText(_ name: String, max limit: Int? = nil) throws -> String {
        guard let text = try text(name, max: limit), !text.isEmpty else { throw refuse(path + name, .missing) }
        return text
    }

    func choice(_ name: String, of words: Set<String>) throws -> String? {
        guard let text = try text(name) else { return nil }
        guard words.contains(text) else {
            throw refuse(path + name, .wrong("must be one of \(words.sorted().joined(separator: ", "))"))
        }
        return text
    }

    func flag(_ name: String) throws -> Bool? {
        guard let value = value(name) else { return nil }
        guard let flag = value.bool else { throw refuse(path + name, .wrong("must be true or false")) }
        return flag
    }

    /// A JSON number, never a text.
    func number(_ name: String) throws -> Decimal? {
        guard let value = value(name) else { return nil }
        guard case .number = value, let number = value.decimal else {
            throw refuse(path + name, .wrong("must be a number"))
        }
        return number
    }

    func whole(_ name: String) throws -> Int? {
        guard let value = value(name) else { return nil }
        guard let number = value.int else { throw refuse(path + name, .wrong("must be a whole number")) }
        return number
    }

    func nested(_ name: String) throws -> StrictFields? {
        guard let value = value(name) else { return nil }
        guard let object = value.object else { throw refuse(path + name, .wrong("must be an object")) }
        return StrictFields(object: object, path: "\(path)\(name).", refuse: refuse)
    }

    func requiredNested(_ name: String) throws -> StrictFields {
        guard let nested = try nested(name) else { throw refuse(path + name, .missing) }
        return nested
    }

    /// The objects of a list; empty when it is absent.
    func list(_ name: String) throws -> [StrictFields] {
        guard let value = value(name) else { return [] }
        guard let elements = value.array else { throw refuse(path + name, .wrong("must be a list")) }
        return try elements.enumerated().map { index, element in
            guard let object = element.object else {
                throw refuse("\(path)\(name)[\(index)]", .wrong("must be an object"))
            }
            return StrictFields(object: object, path: "\(path)\(name)[\(index)].", refuse: refuse)
        }
    }

    func texts(_ name: String) throws -> [String] {
        guard let value = value(name) else { return [] }
        guard let elements = value.array else { throw refuse(path + name, .wrong("must be a list")) }
        return try elements.map { element in
            guard let text = element.string else { throw refuse(path + name, .wrong("must be a list of texts")) }
            return text
        }
    }

    /// Nil for a member that is absent or null.
    private func value(_ name: String) -> JSON? {
        guard let value = object[name], !value.isNull else { return nil }
        return value
    }
}
