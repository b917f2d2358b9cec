import Commerce
import Foundation

/// Any record of the API, member by member; documents inside it are indented.
enum RecordPicture {
    static func lines(_ record: [UInt8], _ style: Style) throws -> [String] {
        guard case .object(let members) = try JSONDecoder().decode(JSONValue.self, from: Data(record)) else {
            return []
        }
        let width = members.keys.map(\.count).max() ?? 0
        return try members.sorted { rank($0.key, $0.value) < rank($1.key, $1.value) }.flatMap { name, value in
            let title = style(name + String(repeating: " ", count: width - name.count), .quiet)
            guard isDocument(value) else { return ["\(title)  \(shown(value))"] }
            return [title] + (try indented(value))
        }
    }

    /// The id first, documents last, the rest by name.
    private static func rank(_ name: String, _ value: JSONValue) -> (Int, String) {
        (name == "id" ? 0 : isDocument(value) ? 2 : 1, name)
    }

    private static func isDocument(_ value: JSONValue) -> Bool {
        switch value {
        case .array, .object: true
        case .null, .bool, .number, .string: false
        }
    }

    // LIMIT: a refused body can be anything; its beginning tells what it was.
    private static let charactersMax = 400

    private static func shown(_ value: JSONValue) -> String {
        if case .bool(let bool) = value { return bool ? "yes" : "no" }
        guard let text = value.text.map({ Moment.text($0) }) else { return "-" }
        let line = SafeText.line(String(text.prefix(charactersMax)))
        return text.count > charactersMax ? line + " … (--json shows all)" : line
    }

    private static func indented(_ value: JSONValue) throws -> [String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
            .split(separator: "\n").map { "  \(SafeText.line(String($0)))" }
    }
}
