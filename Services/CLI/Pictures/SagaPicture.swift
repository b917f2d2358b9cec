/// One saga as a person looks at it at night: what holds it up, what it did, what a cancel would undo, what to type.
enum SagaPicture {
    static func lines(_ saga: SagaModel, _ style: Style) -> [String] {
        header(saga, style) + SagaSituation.lines(saga, style)
            + section(nil, SagaStepTree.lines(saga, style))
            + SagaUndoPicture.lines(saga, style)
            + mail(saga, style)
            + SagaAdvice.lines(saga, style)
    }

    /// What one run did. What the saga waits for and what a cancel would undo are of its current run, whose steps are not
    /// there then.
    static func lines(_ saga: SagaModel, run: Int, _ style: Style) -> [String] {
        run == saga.run
            ? lines(saga, style)
            : header(saga, style) + section("what run \(run) did", SagaStepTree.lines(saga, style))
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
        if let builds = builds(saga) { lines.append(style(SafeText.line(builds), .quiet)) }
        return lines
    }

    // LIMIT: a divergence is between the last two; `--json` has them all.
    private static let buildsShown = 3

    /// Which builds of the coordinator have carried it on, the last first.
    private static func builds(_ saga: SagaModel) -> String? {
        guard let build = saga.buildID else { return nil }
        let former = (saga.formerBuilds ?? []).reversed()
        let before = former.prefix(buildsShown).map { "\($0.buildID) until \(Moment.text($0.until))" }
        let more = former.count > buildsShown ? ["\(former.count - buildsShown) more"] : []
        return (["build \(build)"] + before + more).joined(separator: ", before it ")
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
