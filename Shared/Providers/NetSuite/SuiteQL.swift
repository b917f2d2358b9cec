import Commerce

/// A row of a SuiteQL answer: every value is text, and nulls are not there.
public struct SuiteQLRow: Sendable, Equatable, Decodable {
    private let values: [String: String]

    /// The value of a column, by its name in lower case.
    public subscript(_ column: String) -> String? { values[column] }

    /// A column of `T` and `F`; a null counts as false.
    public func flag(_ column: String) -> Bool { values[column] == "T" }

    public init(from decoder: any Decoder) throws {
        values = try [String: JSONValue](from: decoder).compactMapValues(\.text)
    }

    init(_ values: [String: String]) {
        self.values = values
    }
}

/// A page of a SuiteQL answer.
public struct SuiteQLPage: Sendable, Decodable {
    public let items: [SuiteQLRow]
    public let hasMore: Bool

    private enum CodingKeys: CodingKey { case items, hasMore }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        items = try container.list(.items)
        hasMore = try container.flag(.hasMore) ?? false
    }
}

/// Text inside a SuiteQL statement, which knows no parameters.
enum SuiteQLLiteral {
    /// Quoted, with quotes doubled.
    static func quote(_ text: String) -> String {
        "'" + text.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
    }

    static func list(_ texts: [String]) -> String {
        texts.map(quote).joined(separator: ",")
    }
}
