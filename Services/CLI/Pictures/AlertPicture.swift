/// Alerts as people read them: what happened, what about, and what to type next.
enum AlertPicture {
    static func lines(_ page: AlertModel.Page, _ style: Style) -> [String] {
        guard !page.data.isEmpty else { return ["no alerts"] }
        let alerts = Array(page.data.map { lines($0, style) }.joined(separator: [""]))
        guard let cursor = page.nextCursor else { return alerts }
        return alerts + ["", style("more: --cursor \(cursor)", .quiet)]
    }

    private static func lines(_ alert: AlertModel, _ style: Style) -> [String] {
        let title = "\(style(Moment.text(alert.at), .quiet))  \(style(SafeText.line(alert.title), .strong))"
        let fields = alert.fields.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let facts = fields + [alert.link, whereabouts(alert.status)].compactMap(\.self)
        var lines = [title]
        if !alert.text.isEmpty { lines.append("  " + SafeText.line(alert.text)) }
        lines.append("  " + style(SafeText.line(facts.joined(separator: "  ")), .quiet))
        return lines + alert.next.map { "  " + style(SafeText.line($0), .strong) }
    }

    /// What became of its message; `grouped` is one with that of another.
    private static func whereabouts(_ status: String) -> String {
        switch status {
        case "off": "not in Slack, which is not set up"
        case "closed": "not in Slack: its dead letter was discarded or corrected"
        default: "slack \(status)"
        }
    }
}
