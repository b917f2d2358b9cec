/// A JSON object of a log line, its keys in the order they are given.
struct LogObject {
    private(set) var text = "{"

    mutating func field(_ key: String, _ value: String) {
        if text.utf8.count > 1 { text += "," }
        text += Self.quoted(key) + ":" + value
    }

    /// The finished object on one line.
    var object: String { text + "}" }

    /// The text as a JSON string.
    ///
    /// WHY: more is escaped than JSON asks for: what a terminal or a collector of logs takes for the end of a line.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
