import Commerce
import Foundation
import Messaging

extension SagaExpedition {
    /// - Returns: what must not be.
    mutating func befall(_ ordeal: Ordeal) throws -> [String] {
        let path = ordeal.path
        switch ordeal.trouble {
        case .refusal:
            try scenario.answer(path, .refused(refusal))
        case .duplicate:
            try scenario.answer(path, .accepted(observer.sample(at: path)))
            try scenario.duplicate(path)
        case .silence:
            return try recover(path) { try $0.stayQuiet(path) }
        case .lateReply:
            return try answerLate(path)
        case .deadLetter:
            return try recover(path) { try $0.scenario.deadLetter(path) }
        case .cancel:
            return try cancel(at: path)
        case .pause:
            return try pause(at: path)
        case .absence:
            break
        case .undoRefusal:
            return try recoverUndo(path, "undo_refused") {
                try $0.scenario.answer(SagaPath.undo(path), .refused($0.refusal))
            }
        case .undoSilence:
            return try recoverUndo(path, "no_reply") { try $0.stayQuiet(path) }
        }
        return []
    }

    private var refusal: Refusal { Refusal(code: "explored", message: "refused to see what follows") }

    // MARK: Silence

    private mutating func stayQuiet(_ path: String) throws {
        guard let step = step(path) else { return }
        let end = step.undo?.status == .issued ? step.deadlineAt : step.dueAt ?? step.deadlineAt
        if let end { try advance(to: end) }
    }

    /// What stands still goes on when an operator tries again.
    private mutating func recover(_ path: String, by trouble: (inout Self) throws -> Void) throws -> [String] {
        try trouble(&self)
        guard step(path)?.status == "issued" else { return [] }
        guard scenario.status == .stuck else { return ["nobody answers \(path) and the saga is not stuck"] }
        try scenario.apply(.retry)
        return scenario.status == .stuck ? ["a retry at \(path) left the saga stuck"] : []
    }

    /// The first attempt is answered after the saga went on without it, or after a second attempt was sent.
    private mutating func answerLate(_ path: String) throws -> [String] {
        let objections = try recover(path) { try $0.stayQuiet(path) }
        let isClosed = step(path)?.status == "timed_out"
        let sent = scenario.sent.count
        try scenario.answer(path, .accepted(observer.sample(at: path)), attempt: 1)
        return objections
            + (isClosed || scenario.sent.count == sent ? [] : ["an answer to an attempt given up changed something"])
    }

    // MARK: Undo

    /// A step that is not undone holds the saga up for an operator, whose retry sends the same undo again.
    private mutating func recoverUndo(
        _ path: String, _ reason: String, by trouble: (inout Self) throws -> Void
    ) throws -> [String] {
        guard let undo = undo(of: path) else { return [] }
        let address = SagaPath.undo(path)
        try trouble(&self)
        guard scenario.status == .stuck, scenario.stuckReason == reason else {
            return ["\(address) had trouble and the saga is \(scenario.status.rawValue), not stuck: \(reason)"]
        }
        try scenario.apply(.retry)
        let again = self.undo(of: path)
        guard again?.status == .issued, again?.attempt == undo.attempt + 1, again?.request == undo.request else {
            return ["a retry did not send \(address) again as it was"]
        }
        // What the first attempt is answered now counts for nothing.
        try scenario.answer(address, .accepted(.emptyObject), attempt: undo.attempt)
        return self.undo(of: path)?.status == .issued ? [] : ["an answer to an attempt given up ended \(address)"]
    }

    // MARK: Verbs

    private mutating func cancel(at path: String) throws -> [String] {
        guard canCancel else { return try expectRefusal(of: .cancel, at: path) }
        let isChild = step(path)?.kind == "child"
        let cancelled = scenario.cancelledChildren.count
        try cancel()
        guard isChild, scenario.cancelledChildren.count == cancelled else { return [] }
        return ["a cancel left the child at \(path) to itself"]
    }

    /// A saga past its pivot, or one that is being undone already, says so and goes on.
    private mutating func expectRefusal(of order: SagaOrder, at path: String) throws -> [String] {
        do {
            try scenario.apply(order)
            return ["\(order.verb.rawValue) at \(path) was carried out although it is not allowed"]
        } catch let refusal as Refusal {
            let expected = scenario.status == .compensating ? "not_allowed" : "past_pivot"
            return refusal.code == expected ? [] : ["\(order.verb.rawValue) at \(path) was refused: \(refusal.code)"]
        }
    }

    /// Nothing goes on before the resume, whatever comes; and what runs for a time has as much of it left as before.
    private mutating func pause(at path: String) throws -> [String] {
        guard let before = step(path), let kind = SagaStep.Kind(rawValue: before.kind) else { return [] }
        let began = scenario.now
        try scenario.apply(.pause)
        let open = scenario.outstanding.count
        try sleepThrough(before)
        switch kind {
        case .wait: try scenario.deliver(before.name, observer.sample(at: path))
        case .sleep, .sleepUntil: break
        default: try scenario.answer(path, .accepted(observer.sample(at: path)))
        }
        var objections: [String] = []
        if scenario.status != .paused { objections.append("a pause at \(path) ended by itself") }
        if scenario.outstanding.count > open { objections.append("commands were sent within a pause") }
        if kind == .wait || kind == .sleep, step(path)?.status != "issued" {
            objections.append("\(path) went on within a pause")
        }
        let pause = scenario.now.timeIntervalSince(began)
        try scenario.apply(.resume)
        guard let dueAt = before.dueAt, let after = step(path), after.status == "issued" else { return objections }
        let expected = kind == .sleepUntil ? dueAt : dueAt + pause
        guard abs((after.dueAt ?? .distantPast).timeIntervalSince(expected)) > 0.01 else { return objections }
        return objections + ["\(path) was due at \(dueAt), and after a pause of \(pause) s at \(after.dueAt ?? dueAt)"]
    }

    /// Past the moment at which the step would have ended by itself.
    private mutating func sleepThrough(_ step: SagaHistory.Step) throws {
        try advance(to: max(scenario.now, step.dueAt ?? step.deadlineAt ?? scenario.now) + 3600)
    }
}
