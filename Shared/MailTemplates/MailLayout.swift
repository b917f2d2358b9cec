/// How a text is laid out where a template has no HTML of its own.
enum MailLayout {
    static let html = """
        <!doctype html>
        <html lang="{{language}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>{{subject}}</title></head>
        <body style="margin:0;padding:24px;background:#f5f5f4;font:16px/1.5 sans-serif;color:#1c1917">
        <div style="max-width:560px;margin:0 auto;padding:32px;background:#ffffff;border-radius:8px">
        {{#paragraphs}}
        <p style="margin:0 0 16px">{{#link}}<a href="{{link}}">{{link}}</a>{{/link}}{{#rows}}{{row}}<br>{{/rows}}</p>
        {{/paragraphs}}
        </div></body></html>
        """

    /// Paragraphs are parted by empty lines; one that is a link alone becomes one.
    static func context(_ subject: String, _ text: String, locale: String?) -> [String: Any] {
        var paragraphs: [[String]] = [[]]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty { paragraphs.append([]) } else { paragraphs[paragraphs.count - 1].append(String(line)) }
        }
        let blocks = paragraphs.filter { !$0.isEmpty }.map { rows -> [String: Any] in
            if rows.count == 1, rows[0].hasPrefix("https://"), !rows[0].contains(" ") { return ["link": rows[0]] }
            return ["rows": rows.map { ["row": $0] }]
        }
        return ["language": locale ?? "en", "subject": subject, "paragraphs": blocks]
    }
}
