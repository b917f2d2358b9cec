/// What has happened to something, a line for each, oldest first.
enum TimelinePicture {
    static func lines(_ timeline: [OrderModel.Happening], _ style: Style) -> [String] {
        guard !timeline.isEmpty else { return [] }
        return [""]
            + timeline.map { entry in
                "  \(style(Moment.text(entry.at), .quiet))  \(SafeText.line(entry.summary))  "
                    + style(SafeText.line(entry.actor), .quiet)
            }
    }
}
