/// The words of a query.
enum SuiteQLToken: Sendable, Equatable {
    /// A name or keyword, in lower case.
    case word(String)
    case text(String)
    case number(String)
    case symbol(String)
}

enum SuiteQLLexer {
    static func tokens(_ query: String) throws(SuiteQLError) -> [SuiteQLToken] {
        var tokens: [SuiteQLToken] = []
        var rest = Substring(query)
        while let character = rest.first {
            if character.isWhitespace {
                rest.removeFirst()
            } else if rest.hasPrefix("--") {
                rest = rest.drop { !$0.isNewline }
            } else if character == "'" {
                tokens.append(.text(try text(&rest)))
            } else if character.isNumber {
                tokens.append(.number(take(&rest) { $0.isNumber || $0 == "." }))
            } else if character.isLetter || character == "_" {
                tokens.append(.word(take(&rest) { $0.isLetter || $0.isNumber || $0 == "_" }.lowercased()))
            } else {
                tokens.append(.symbol(try symbol(&rest)))
            }
        }
        return tokens
    }

    private static func take(_ rest: inout Substring, while belongs: (Character) -> Bool) -> String {
        let word = rest.prefix(while: belongs)
        rest.removeFirst(word.count)
        return String(word)
    }

    /// A quote inside a text is written twice.
    private static func text(_ rest: inout Substring) throws(SuiteQLError) -> String {
        rest.removeFirst()
        var text = ""
        while let character = rest.popFirst() {
            if character != "'" {
                text.append(character)
            } else if rest.first == "'" {
                rest.removeFirst()
                text.append("'")
            } else {
                return text
            }
        }
        throw SuiteQLError("unterminated text")
    }

    private static func symbol(_ rest: inout Substring) throws(SuiteQLError) -> String {
        for pair in ["<=", ">=", "<>", "!=", "||"] where rest.hasPrefix(pair) {
            rest.removeFirst(2)
            return pair == "!=" ? "<>" : pair
        }
        let character = rest.removeFirst()
        guard "(),.*=<>+-/".contains(character) else { throw SuiteQLError("unexpected character \(character)") }
        return String(character)
    }
}
