/// An alert as Slack shows it.
///
/// *Guarantees*: no text of somebody else's becomes markup: `<!channel>` in it calls nobody.
public struct SlackMessage: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public var title: String
    public var text: String
    public var fields: [Field]
    /// Lines to type, shown as code.
    public var lines: [String]
    /// Where to look or act.
    public var link: String?

    public init(
        title: String, text: String, fields: [Field] = [], lines: [String] = [], link: String? = nil
    ) {
        self.title = title
        self.text = text
        self.fields = fields
        self.lines = lines
        self.link = link
    }

    // LIMIT: Slack's own: a header of 150, a section of 3000, ten fields of 2000 characters.
    private static let titleMax = 150
    private static let textMax = 2900
    private static let fieldsMax = 10
    private static let fieldMax = 900

    var form: SlackForm {
        let header = title.isEmpty ? "Alert" : String(title.prefix(Self.titleMax))
        var blocks: [SlackForm.Block] = [.init(type: "header", text: .init(type: "plain_text", text: header))]
        if !text.isEmpty {
            blocks.append(.init(type: "section", text: .mrkdwn(Self.escape(text, max: Self.textMax))))
        }
        let shown = fields.prefix(Self.fieldsMax).map { field in
            SlackForm.Text.mrkdwn(
                "*\(Self.escape(field.name, max: 50))*\n\(Self.escape(field.value, max: Self.fieldMax))")
        }
        if !shown.isEmpty { blocks.append(.init(type: "section", fields: shown)) }
        if !lines.isEmpty {
            // WHY: a backtick would end the code that it stands in.
            let code = lines.map { "`\($0.replacing("`", with: "'"))`" }.joined(separator: "\n")
            blocks.append(.init(type: "section", text: .mrkdwn(Self.escape(code, max: Self.textMax))))
        }
        if let link {
            blocks.append(.init(type: "section", text: .mrkdwn("<\(Self.escape(link, max: Self.textMax))|Open>")))
        }
        return SlackForm(text: Self.escape("\(header): \(text)", max: Self.textMax), blocks: blocks)
    }

    /// Cut to so many characters, none of which begins markup.
    ///
    /// Source: Slack, formatting text: `&`, `<` and `>` are written as entities.
    static func escape(_ text: String, max: Int) -> String {
        var result = ""
        var count = 0
        for character in text {
            let piece =
                switch character {
                case "&": "&amp;"
                case "<": "&lt;"
                case ">": "&gt;"
                default: String(character)
                }
            count += piece.count
            guard count <= max else { break }
            result += piece
        }
        return result
    }
}

/// The body of a call.
struct SlackForm: Encodable {
    struct Text: Encodable {
        var type: String
        var text: String

        static func mrkdwn(_ text: String) -> Text { Text(type: "mrkdwn", text: text) }
    }

    struct Block: Encodable {
        var type: String
        var text: Text?
        var fields: [Text]?
    }

    var text: String
    var blocks: [Block]
}
