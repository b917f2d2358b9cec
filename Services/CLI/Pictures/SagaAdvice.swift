import Contracts

/// What a person can do to a saga now, with the line to type.
enum SagaAdvice {
    static func lines(_ saga: SagaModel, _ style: Style) -> [String] {
        let options = order.filter { (saga.allowed ?? []).contains($0) }.flatMap { self.options($0, saga) }
        let all = letters(saga) + options
        guard !all.isEmpty else { return [] }
        let width = all.map(\.effect.count).max() ?? 0
        return SagaPicture.section(
            "what you can do now",
            all.map { option in
                let padding = String(repeating: " ", count: width - option.effect.count)
                return "  \(option.effect)\(padding)  \(style(option.line, .strong))"
            })
    }

    /// First what gets it going, then what ends it.
    private static let order = [
        "retry", "resume", "signal", "skip", "fire-timer", "pause", "cancel", "terminate", "restart",
    ]

    private struct Option {
        var effect: String
        var line: String
    }

    // LIMIT: a saga can have hundreds of open branches; two examples show the form.
    private static let examplesMax = 2

    private static func options(_ verb: String, _ saga: SagaModel) -> [Option] {
        switch verb {
        case "retry": [one(verb, saga, retry(saga))]
        case "resume": [one(verb, saga, "let it go on")]
        case "pause": [one(verb, saga, "hold it; due times freeze")]
        case "cancel": [one(verb, saga, cancel(saga))]
        case "terminate": [one(verb, saga, "end it, undo nothing")]
        case "restart": [one(verb, saga, "run it again from the beginning")]
        case "signal":
            open(saga, "wait").map {
                one(verb, saga, "give it \($0.name)", "--name \(ShellWord.quoted($0.name)) --data '{…}'")
            }
        case "skip":
            skippable(saga).map { one(verb, saga, "go on without \($0.path) \($0.name)", skip($0)) }
                + failedUndos(saga).map { step in
                    one(
                        verb, saga, "do without \(step.undo?.name ?? "")",
                        "--path \(ShellWord.quoted(step.path + "/undo"))")
                }
        case "fire-timer":
            timed(saga).map {
                one(
                    verb, saga, "end the time of \($0.path) \($0.name) now", "--path \(ShellWord.quoted($0.path))")
            }
        default: [one(verb, saga, verb)]
        }
    }

    private static func one(_ verb: String, _ saga: SagaModel, _ effect: String, _ more: String? = nil) -> Option {
        let parts = ["stateset sagas \(verb) \(saga.id)", more, "--reason '…'"].compactMap(\.self)
        return Option(effect: SafeText.line(effect), line: SafeText.line(parts.joined(separator: " ")))
    }

    private static func retry(_ saga: SagaModel) -> String {
        guard saga.status != "diverged" else { return "replay it with the code that is deployed now" }
        guard let step = SagaSituation.obstacle(saga) else { return "try again what it is stuck on" }
        if let undo = step.undo, undo.trouble != nil || undo.status == "refused" { return "try \(undo.name) again" }
        return "send \(step.name) again, under the same key"
    }

    private static func cancel(_ saga: SagaModel) -> String {
        switch SagaUndoPicture.recorded(saga).count {
        case 0: "end it; there is nothing to undo"
        case 1: "undo 1 step and end it"
        case let count: "undo \(count) steps and end it"
        }
    }

    private static func skip(_ step: SagaModel.Step) -> String {
        let result = step.kind.hasPrefix("sleep") ? "" : " --result '{…}'"
        return "--path \(ShellWord.quoted(step.path))\(result)"
    }

    private static func open(_ saga: SagaModel, _ kind: String) -> [SagaModel.Step] {
        Array(saga.steps.filter { $0.isOpen && $0.kind == kind && !$0.isLost }.prefix(examplesMax))
    }

    /// A refused or stuck step, a wait, a sleep; not a command in flight.
    private static func skippable(_ saga: SagaModel) -> [SagaModel.Step] {
        let steps = saga.steps.filter { step in
            if step.isCommand { return step.trouble != nil || isRefused(step, saga) }
            return step.isOpen && !step.isLost
        }
        return Array(steps.prefix(examplesMax))
    }

    private static func failedUndos(_ saga: SagaModel) -> [SagaModel.Step] {
        let steps = saga.steps.filter { $0.undo?.status == "refused" || $0.undo?.trouble != nil }
        return Array(steps.prefix(examplesMax))
    }

    private static func isGivenUpOn(_ step: SagaModel.Step) -> Bool {
        step.trouble == "dead_letter" || step.undo?.trouble == "dead_letter"
    }

    private static func isRefused(_ step: SagaModel.Step, _ saga: SagaModel) -> Bool {
        saga.status == "stuck" && saga.compensation == nil && step.status == "refused" && step.kind != "attempt"
            && !step.isLost
    }

    private static func timed(_ saga: SagaModel) -> [SagaModel.Step] {
        Array(saga.steps.filter { $0.isOpen && $0.dueAt != nil && !$0.isLost }.prefix(examplesMax))
    }

    /// A command that was given up on is mended there, and its reply gets the saga going.
    private static func letters(_ saga: SagaModel) -> [Option] {
        guard let step = saga.steps.first(where: isGivenUpOn) else { return [] }
        let isUndo = step.undo?.trouble == "dead_letter"
        let look = "look at the message given up on"
        guard let letter = isUndo ? step.undo?.deadLetterID : step.deadLetterID else {
            // Somebody has decided on it meanwhile, or it was a child's.
            let type = isUndo ? step.undo?.name ?? step.name : step.name
            let whose = saga.subject.map { "--key \(ShellWord.quoted($0))" } ?? "--type \(ShellWord.quoted(type))"
            return [Option(effect: look, line: SafeText.line("stateset dead-letters list --all \(whose)"))]
        }
        return [
            Option(effect: look, line: "stateset dead-letters show \(letter)"),
            Option(effect: "let it be handled again", line: "stateset dead-letters requeue \(letter) --reason '…'"),
        ]
    }
}
