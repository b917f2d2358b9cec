/// One saga as a person looks at it: how it stands, what it did step by step, what a cancel would undo.
enum SagaPicture {
    static func lines(_ saga: SagaModel, _ style: Style) -> [String] {
        header(saga, style) + [""] + steps(saga, style) + undo(saga, style)
    }

    private static func header(_ saga: SagaModel, _ style: Style) -> [String] {
        let business = saga.businessStatus.map { "  \($0)" } ?? ""
        let run = saga.run > 1 ? ", run \(saga.run)" : ""
        var lines = [
            "\(style(saga.name, .strong))  \(style(saga.status, Tone(status: saga.status)))\(business)",
            style("\(saga.id)  for \(saga.key)\(run)", .quiet),
            style("started \(Moment.text(saga.startedAt)), \(age(saga))", .quiet),
        ]
        if let waiting = saga.waitingOn { lines.append(self.waiting(waiting, style)) }
        if let error = saga.error { lines.append(style(SafeText.line("\(error.code): \(error.message)"), .bad)) }
        return lines
    }

    private static func age(_ saga: SagaModel) -> String {
        let span = Moment.span(from: saga.startedAt, to: saga.updatedAt) ?? "-"
        return "last change after \(span)"
    }

    private static func waiting(_ waiting: SagaModel.WaitingOn, _ style: Style) -> String {
        let since = waiting.since.map { " since \(Moment.text($0))" } ?? ""
        let until = waiting.until.map { ", until \(Moment.text($0))" } ?? ""
        return "waits for \(waiting.kind) \(style(waiting.name, .waiting))\(since)\(until)"
    }

    private static func steps(_ saga: SagaModel, _ style: Style) -> [String] {
        guard !saga.steps.isEmpty else { return ["  nothing done yet"] }
        let table = Table(
            headings: ["", "step", "took", "tries", "undo", "error"],
            rows: saga.steps.map { step in
                [
                    glyph(step.status),
                    .init(name(step), step.status == "issued" ? .waiting : .plain),
                    .init(Moment.span(from: step.startedAt, to: step.finishedAt) ?? "…", .quiet),
                    .init(step.attempts > 1 ? "\(step.attempts)" : "", .waiting),
                    .init(step.undo.map { $0.name + note(undo: $0.status) } ?? "", .quiet),
                    .init(step.error.map { "\($0.code): \($0.message)" } ?? "", .bad),
                ]
            })
        return table.lines(style).map { "  " + $0.trimmingBlanksAtEnd }
    }

    private static func name(_ step: SagaModel.Step) -> String {
        switch step.kind {
        case "wait": "wait for \(step.name)"
        case "attempt": "try \(step.name)"
        default: step.name
        }
    }

    /// The undos that are recorded, in the order in which they would be done; nothing once they have begun.
    private static func undo(_ saga: SagaModel, _ style: Style) -> [String] {
        let recorded = saga.steps.reversed().compactMap(\.undo).filter { $0.status == "recorded" }
        guard !recorded.isEmpty else { return [] }
        return ["", "  a cancel would undo: " + recorded.map(\.name).joined(separator: style(" → ", .quiet))]
    }

    private static func glyph(_ status: String) -> Table.Cell {
        switch status {
        case "completed": .init("✔", .good)
        case "refused", "timed_out": .init("✖", .bad)
        case "cancelled": .init("⊘", .quiet)
        case "issued": .init("●", .waiting)
        default: .init("·", .quiet)
        }
    }

    private static func note(undo status: String) -> String {
        switch status {
        case "completed": " ↩ done"
        case "issued": " ↩ under way"
        case "refused": " ↩ refused"
        case "discarded": " (past the pivot)"
        default: ""
        }
    }
}

extension String {
    fileprivate var trimmingBlanksAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
