/// The server's primary message where it speaks of the statement or the system, and words of our own where it
/// could quote a value.
///
/// Messages of `RAISE` (class P0) are kept: our own functions raise conditions, not values.
enum SafeMessage {
    static func make(state: String, primary: String) -> String {
        if let fixed = fixed[state] { return fixed }
        let kind = String(state.prefix(2))
        return quotable.contains(kind) ? primary : fixedByClass[kind] ?? "the server reports an error"
    }

    private static let quotable: Set<String> = [
        "08", "0A", "25", "26", "28", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "P0",
    ]

    private static let fixedByClass = [
        "22": "a value does not fit its type",
        "23": "a constraint is violated",
        "XX": "internal error of the server",
    ]

    private static let fixed = [
        "22001": "a text is too long for its column",
        "22003": "a number is out of range",
        "22012": "division by zero",
        "22021": "a text holds bytes the database cannot store",
        "22P02": "a text is not valid input for its type",
        "23502": "a required column is NULL",
        "23503": "a referenced row is missing, or a row is still referenced",
        "23505": "a row with this key exists",
        "23514": "a check constraint is violated",
        "23P01": "an exclusion constraint is violated",
    ]
}
