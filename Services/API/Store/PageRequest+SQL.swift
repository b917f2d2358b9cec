import Postgres

extension PageRequest {
    /// Selects the rows of the page, newest first, and one more as the sign that there is a next.
    /// - Parameter time: a column of ours, the one that the page's ``Cursor`` is taken from.
    func newestFirst(_ conditions: [SQL] = [], time: String = "created_at") -> SQL {
        let position: SQL = after.map { "(\(unsafeRaw: time), id) < (\($0.time), \($0.id))" } ?? "true"
        return """
            WHERE \((conditions + [position]).allOf)
            ORDER BY \(unsafeRaw: time) DESC, id DESC LIMIT \(limit + 1)
            """
    }

    /// The same, oldest first.
    func oldestFirst(_ conditions: [SQL], time: String) -> SQL {
        let position: SQL = after.map { "(\(unsafeRaw: time), id) > (\($0.time), \($0.id))" } ?? "true"
        return """
            WHERE \((conditions + [position]).allOf)
            ORDER BY \(unsafeRaw: time), id LIMIT \(limit + 1)
            """
    }
}

extension [SQL] {
    /// All of the conditions.
    var allOf: SQL { isEmpty ? "true" : joined(separator: " AND ") }
}

extension String {
    /// A pattern for `ILIKE` that finds the text anywhere, its own wildcards taken literally.
    var anywhere: String {
        "%" + replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_") + "%"
    }
}
