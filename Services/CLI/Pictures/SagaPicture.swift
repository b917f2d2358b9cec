/// One saga as a person looks at it at night: what holds it up, what it did, what a cancel would undo, what to type.
enum SagaPicture {
    static func lines(_ saga: SagaModel, _ style: Style) -> [String] {
        header(saga, style) + SagaSituation.lines(saga, style)
            + section(nil, SagaStepTree.lines(saga, style))
            + SagaUndoPicture.lines(saga, style)
            + mail(saga, style)
            + SagaAdvice.lines(saga, style)
    }

    private static func header(_ saga: SagaModel, _ style: Style) -> [String] {
        let business = saga.businessStatus.map { "  \($0)" } ?? ""
        let run = saga.run > 1 ? ", run \(saga.run)" : ""
        let attributes = (saga.attributes ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
        var lines = [
            "\(style(saga.name, .strong))  \(style(saga.status, Tone(status: saga.status)))\(business)",
            style(SafeText.line("\(saga.id)  for \(saga.key)\(run)"), .quiet),
        ]
        if !attributes.isEmpty { lines.append(style(SafeText.line(attributes.joined(separator: "  ")), .quiet)) }
        lines.append(style("started \(Moment.text(saga.startedAt)), \(age(saga))", .quiet))
        return lines
    }

    private static func age(_ saga: SagaModel) -> String {
        if let span = Moment.span(from: saga.updatedAt, to: saga.asOf) { return "last change \(span) ago" }
        return "last change after \(Moment.span(from: saga.startedAt, to: saga.updatedAt) ?? "-")"
    }

    // LIMIT: the oldest tell enough; `--json` has them all.
    private static let mailShown = 5

    private static func mail(_ saga: SagaModel, _ style: Style) -> [String] {
        let mail = saga.mailbox ?? []
        let entries = mail.prefix(mailShown).map { entry in
            "  \(style(Moment.text(entry.receivedAt), .quiet))  \(SafeText.line(entry.type))"
        }
        let more = mail.count > mailShown ? [style("  and \(mail.count - mailShown) more", .quiet)] : []
        return section("events that nothing has waited for yet", entries + more)
    }

    static func section(_ title: String?, _ lines: [String]) -> [String] {
        guard !lines.isEmpty else { return [] }
        return [""] + (title.map { ["  \($0):"] } ?? []) + lines.map { "  \($0)" }
    }
}

extension String {
    var trimmingBlanksAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
