import Commerce
import Foundation
import Messaging

/// The query parameters of a request. Empty values count as absent.
struct Query: Sendable, Equatable {
    private var values: [String: [String]]

    /// Failure: 422 for a value with U+0000, which the database cannot hold and so cannot find.
    init(_ pairs: [(name: String, value: String)]) throws(Problem) {
        if let wrong = pairs.first(where: { $0.value.contains("\0") }) { throw .nullCharacter(wrong.name) }
        values = Dictionary(grouping: pairs.filter { !$0.value.isEmpty }, by: \.name).mapValues { $0.map(\.value) }
    }

    /// Of a repeated name, the first.
    func text(_ name: String) -> String? { values[name]?.first }

    /// Of a repeated name, all in their order.
    func texts(_ name: String) -> [String] { values[name] ?? [] }

    /// Failure: 422 naming the parameter, also for those below.
    func time(_ name: String) throws(Problem) -> Date? {
        guard let text = text(name) else { return nil }
        guard let date = WireJSON.date(text) else {
            throw .invalid(name, "'\(text)' is not an RFC 3339 time such as 2026-03-05T17:00:00Z.")
        }
        return date
    }

    func oneOf(_ name: String, _ choices: [String]) throws(Problem) -> String? {
        guard let text = text(name) else { return nil }
        try check(text, of: name, choices)
        return text
    }

    /// Of a repeated name, all.
    func allOf(_ name: String, _ choices: [String]) throws(Problem) -> [String] {
        for text in texts(name) { try check(text, of: name, choices) }
        return texts(name)
    }

    private func check(_ text: String, of name: String, _ choices: [String]) throws(Problem) {
        guard choices.contains(text) else {
            throw .invalid(name, "'\(text)' is none of: \(choices.joined(separator: ", ")).")
        }
    }

    func id<Tag: IDTag>(_ name: String) throws(Problem) -> ID<Tag>? {
        guard let text = text(name) else { return nil }
        guard let id = ID<Tag>(text) else {
            throw .invalid(name, "It is no id such as \(Tag.prefix)_… with 32 hex digits.")
        }
        return id
    }

    func duration(_ name: String) throws(Problem) -> Duration? {
        guard let text = text(name) else { return nil }
        guard let duration = Duration(iso8601: text) else {
            throw .invalid(name, "'\(text)' is not an ISO 8601 duration such as PT30S.")
        }
        return duration
    }
}
