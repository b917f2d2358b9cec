/// Texts of Intuit's query language.
enum QuickBooksQuery {
    /// In quotes, with quotes and backslashes inside escaped.
    static func quote(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }

    static func find(_ entity: String, where field: String, is value: String) -> String {
        "select * from \(entity) where \(field) = \(quote(value)) startposition 1 maxresults 10"
    }
}

/// The rows of an answer; the key of the entity is absent when nothing was found.
struct QuickBooksRows<Row: Decodable>: Decodable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    let rows: [Row]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
            .nestedContainer(keyedBy: Key.self, forKey: Key(stringValue: "QueryResponse"))
        // WHY: beside the rows stand only numbers, under names in small letters.
        guard let key = container.allKeys.first(where: { $0.stringValue.first?.isUppercase == true }) else {
            rows = []
            return
        }
        rows = try container.decode([Row].self, forKey: key)
    }
}

/// A single entity, wrapped in the name of its type.
struct QuickBooksEntity<Value: Decodable>: Decodable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    let value: Value

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        guard let key = container.allKeys.first(where: { $0.stringValue.first?.isUppercase == true }) else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no entity"))
        }
        value = try container.decode(Value.self, forKey: key)
    }
}
