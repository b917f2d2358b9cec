import Commerce
import Sagas

/// What a saga did, in the order of its code; branches of `all` and `race` are indented below their operation.
enum SagaStepTree {
    static func lines(_ saga: SagaModel, _ style: Style) -> [String] {
        guard !saga.steps.isEmpty else { return ["nothing done yet"] }
        let table = Table(headings: ["", "", "step", "took", "tries", "undo", "problem"], rows: rows(saga.steps))
        return table.lines(style).map(\.trimmingBlanksAtEnd)
    }

    private static func rows(_ steps: [SagaModel.Step]) -> [[Table.Cell]] {
        let ordered = steps.sorted { StepPath($0.path) < StepPath($1.path) }
        let races = Dictionary(
            ordered.filter { $0.kind == "race" }.map { ($0.path, winner($0)) }, uniquingKeysWith: { first, _ in first })
        var told = Set<String>()
        var rows: [[Table.Cell]] = []
        for step in ordered {
            let path = StepPath(step.path)
            for depth in stride(from: 1, to: path.parts.count, by: 1) {
                let prefix = path.prefix(depth)
                guard told.insert(prefix).inserted else { continue }
                rows.append(heading(prefix, depth, path, races))
            }
            told.insert(step.path)
            rows.append(row(step, depth: path.parts.count - 1))
        }
        return rows
    }

    /// Of an operation that has no record of its own (`all`, an open race), and of each branch.
    private static func heading(
        _ prefix: String, _ depth: Int, _ path: StepPath, _ races: [String: Int?]
    ) -> [Table.Cell] {
        let isBranch = depth.isMultiple(of: 2)
        let title = isBranch ? "branch \(path.parts[depth - 1])\(ending(path, depth, races))" : "side by side"
        return [
            .init(""), .init(prefix, .quiet), .init(indent(depth - 1) + title, .quiet), .init(""), .init(""), .init(""),
            .init(""),
        ]
    }

    private static func ending(_ path: StepPath, _ depth: Int, _ races: [String: Int?]) -> String {
        guard let decided = races[path.prefix(depth - 1)], let winner = decided else { return "" }
        return Int(path.parts[depth - 1]) == winner ? ", won" : ", lost"
    }

    private static func row(_ step: SagaModel.Step, depth: Int) -> [Table.Cell] {
        let tone: Tone = step.isLost ? .quiet : step.isOpen ? .waiting : .plain
        return [
            glyph(step), .init(step.path, .quiet), .init(indent(depth) + title(step), tone),
            .init(Moment.span(from: step.startedAt, to: step.finishedAt) ?? (step.isOpen ? "…" : ""), .quiet),
            .init(step.attempts > 1 ? "\(step.attempts)" : "", .waiting),
            .init(step.undo.map { $0.name + note(undo: $0.status) } ?? "", .quiet), .init(step.problem ?? "", .bad),
        ]
    }

    private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: max(0, depth)) }

    /// What a step does, in words.
    static func title(_ step: SagaModel.Step) -> String {
        let limit = step.isOpen ? step.dueAt.map { ", until \(Moment.text($0))" } ?? "" : ""
        return switch step.kind {
        case "attempt": "try \(step.name)\(limit)"
        case "child": "child \(step.name)"
        case "wait": (step.owner == "human" ? "wait for a person: " : "wait for ") + step.name + limit
        case "sleep": "sleep\(step.dueAt.map { " until \(Moment.text($0))" } ?? "")"
        case "sleep_until": "sleep until \(Moment.text(step.dueAt)), pause or not"
        case "pivot": "pivot: from here it only goes forward"
        case "now", "uuid": "\(step.kind) = \(step.result?.text ?? "-")"
        case "publish": "publish \(step.name)"
        case "patch": "patch \(step.name)"
        case "race": "race" + (winner(step).map { ", branch \($0) won" } ?? "")
        case "carried": "\(step.name), of an earlier run"
        default: step.name
        }
    }

    private static func winner(_ step: SagaModel.Step) -> Int? { step.result?.text.flatMap { Int($0) } }

    private static func glyph(_ step: SagaModel.Step) -> Table.Cell {
        switch step.status {
        case _ where step.trouble != nil && step.isOpen: .init("✖", .bad)
        case "completed": .init("✔", step.isLost ? .quiet : .good)
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
        case "skipped": " ↩ skipped"
        case "discarded": " (past the pivot)"
        default: ""
        }
    }
}
