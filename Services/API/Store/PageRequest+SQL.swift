import Postgres

extension PageRequest {
    /// Keeps the rows after the cursor in the order newest first. `time` is a column of ours.
    func condition(time: String) -> SQL {
        guard let after else { return "true" }
        return "(\(unsafeRaw: time), id) < (\(after.time), \(after.id))"
    }

    /// The same in the order oldest first.
    func conditionAscending(time: String) -> SQL {
        guard let after else { return "true" }
        return "(\(unsafeRaw: time), id) > (\(after.time), \(after.id))"
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
