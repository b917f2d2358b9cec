import Commerce
import Foundation
import Messaging

extension SagaContext {
    /// Sends a command and waits for its reply.
    ///
    /// Never throws for silence: past `replyWithin` the saga shows as stuck and an operator retries.
    /// - Throws: the owner's ``Refusal``; let it pass, the engine then undoes what was done.
    @discardableResult
    public func perform<C: Command>(_ command: C) throws -> C.Reply {
        try performing(command) { _ in nil }
    }

    /// - Parameter undo: what takes the step back, given its reply; `nil` where nothing needs to be.
    @discardableResult
    public func perform<C: Command, U: Command>(
        _ command: C, undo: @escaping (C.Reply) -> U?
    ) throws -> C.Reply {
        try performing(command) { try undo($0).map(UndoRecord.init) }
    }

    /// Like ``perform(_:undo:)``, but a refusal, and silence past `within`, are answers.
    public func attempt<C: Command, U: Command>(
        _ command: C, within: Duration? = nil, undo: @escaping (C.Reply) -> U?
    ) throws -> Attempt<C.Reply> {
        try attempting(command, within) { try undo($0).map(UndoRecord.init) }
    }

    public func attempt<C: Command>(_ command: C, within: Duration? = nil) throws -> Attempt<C.Reply> {
        try attempting(command, within, undo: nil)
    }

    private func performing<C: Command>(_ command: C, undo: (C.Reply) throws -> UndoRecord?) throws -> C.Reply {
        let step = try enter(.perform, C.name) { try issue(command, &$0) }
        return try answer(step, undo)
    }

    /// The reply of a step that goes on only when it is there.
    func answer<Reply: Codable & Sendable>(
        _ step: SagaStep, _ undo: (Reply) throws -> UndoRecord?
    ) throws -> Reply {
        recorder.observer?.awaits(Reply.self, at: step.path)
        switch step.status {
        case .completed: return try reply(step, undo)
        case .refused: throw freeze(step.error ?? Refusal(code: "refused", message: step.name))
        case .issued: throw freeze(Suspended())
        case .timedOut, .cancelled:
            // A success that came too late is undone; its undo is evaluated where the reply is known.
            if step.result != nil { _ = try reply(step, undo) }
            throw freeze(Suspended())
        }
    }

    private func attempting<C: Command>(
        _ command: C, _ within: Duration?, undo: ((C.Reply) throws -> UndoRecord?)?
    ) throws -> Attempt<C.Reply> {
        let step = try enter(.attempt, C.name) { step in
            try issue(command, &step)
            guard let within else { return }
            step.dueAt = recorder.now + within.timeInterval
            step.deadlineAt = nil
        }
        switch step.status {
        case .refused: return .refused(step.error ?? Refusal(code: "refused", message: C.name))
        case .timedOut:
            if let undo, step.result != nil { _ = try reply(step, undo) }
            if undo == nil { settle(step) }
            return .timedOut
        case .completed, .issued, .cancelled: return .accepted(try answer(step, undo ?? { _ in nil }))
        }
    }

    /// What is over and has nothing to take back is answered by its silence: whatever becomes of the command, also that it
    /// is given up on, is no matter of the saga any more.
    private func settle(_ step: SagaStep) {
        guard !step.undoEvaluated else { return }
        recorder.update(step.path) { step in
            step.undoEvaluated = true
            step.trouble = nil
        }
    }

    private func issue<C: Command>(_ command: C, _ step: inout SagaStep) throws {
        step.owner = C.owner
        step.request = try RawJSON(encoding: command).checked(C.name)
        step.replyWithin = C.replyWithin
        step.deadlineAt = recorder.now + C.replyWithin.timeInterval
    }

    private func reply<Reply: Codable & Sendable>(
        _ step: SagaStep, _ undo: (Reply) throws -> UndoRecord?
    ) throws -> Reply {
        try freezing {
            let reply: Reply = try read(step)
            if !step.undoEvaluated {
                var record = try undo(reply)
                // Only a race that is still open can call it back: its loser is undone after the pivot too.
                if recorder.isPivoted, !step.isClosed { record?.status = .discarded }
                recorder.update(step.path) {
                    $0.undo = record
                    $0.undoEvaluated = true
                }
            }
            return reply
        }
    }

    /// The result of a step, decoded at most once in a process.
    func read<Value: Codable & Sendable>(_ step: SagaStep) throws -> Value {
        if let known = step.decoded.value, let value = known as? Value { return value }
        let value: Value
        do {
            value = try (step.result ?? .emptyObject).decode()
        } catch {
            throw SagaMisuse(message: "the result of \(step.name) at \(step.path) cannot be read: \(error)")
        }
        recorder.update(step.path) { $0.decoded.value = value }
        return value
    }
}

/// The answer of ``SagaContext/attempt(_:within:undo:)``.
public enum Attempt<Reply: Sendable>: Sendable {
    case accepted(Reply)
    case refused(Refusal)
    case timedOut
}
