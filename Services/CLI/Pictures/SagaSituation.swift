import Sagas

/// How a saga stands, in a line or two: what it waits for, or what holds it up and since when.
enum SagaSituation {
    static func lines(_ saga: SagaModel, _ style: Style) -> [String] {
        switch saga.status {
        case "stuck", "diverged": trouble(saga, style)
        case "paused": paused(saga, style)
        case "compensating": compensating(saga, style)
        default: waiting(saga, style) + error(saga, style)
        }
    }

    private static func trouble(_ saga: SagaModel, _ style: Style) -> [String] {
        let why = saga.stuckReason.map { ": \($0)" } ?? ""
        let headline = "\(saga.status) since \(Moment.text(saga.updatedAt))\(ago(saga.updatedAt, saga))\(why)"
        let place = obstacle(saga).map { step in
            let owner = step.owner.map { " (\($0))" } ?? ""
            let tries = step.attempts > 1 ? ", tried \(step.attempts) times" : ""
            return "at \(step.path) \(SagaStepTree.title(step))\(owner)\(tries)"
        }
        let error = saga.error.map { "\($0.code): \($0.message)" }
        return [headline, place, error].compactMap(\.self).map { style(SafeText.line($0), .bad) }
    }

    /// The step at which the saga is stuck.
    static func obstacle(_ saga: SagaModel) -> SagaModel.Step? {
        let ordered = saga.steps.sorted { StepPath($0.path) < StepPath($1.path) }
        return ordered.first { $0.trouble != nil }
            ?? ordered.first { $0.undo?.trouble != nil || $0.undo?.status == "refused" }
            ?? ordered.last { $0.status == "refused" && $0.kind == "perform" }
            ?? ordered.first { $0.isOpen && $0.isCommand }
    }

    private static func paused(_ saga: SagaModel, _ style: Style) -> [String] {
        let since = saga.pausedAt.map { " since \(Moment.text($0))\(ago($0, saga))" } ?? ""
        let was = saga.stuckReason.map { ", was stuck: \($0)" } ?? ""
        return [style("paused\(since)\(was); due times are frozen", .waiting)] + waiting(saga, style)
            + error(saga, style)
    }

    private static func compensating(_ saga: SagaModel, _ style: Style) -> [String] {
        let cause = saga.compensation == "cancel" ? "it was cancelled" : "of a refusal"
        return [style("being undone because \(cause)", .waiting)] + waiting(saga, style) + error(saga, style)
    }

    private static func waiting(_ saga: SagaModel, _ style: Style) -> [String] {
        guard let waiting = saga.waitingOn else { return [] }
        let since = waiting.since.map { " since \(Moment.text($0))\(ago($0, saga))" } ?? ""
        let until = waiting.until.map { ", until \(Moment.text($0))" } ?? ""
        return ["waits for \(waiting.kind) \(style(SafeText.line(waiting.name), .waiting))\(since)\(until)"]
    }

    private static func error(_ saga: SagaModel, _ style: Style) -> [String] {
        saga.error.map { [style(SafeText.line("\($0.code): \($0.message)"), .bad)] } ?? []
    }

    private static func ago(_ time: String?, _ saga: SagaModel) -> String {
        Moment.span(from: time, to: saga.asOf).map { " (\($0) ago)" } ?? ""
    }
}
