import Commerce
import Foundation
import Messaging

extension SagaScenario {
    // MARK: Commands

    /// The command must be outstanding.
    /// - Returns: the oldest of its type, as its owner gets it.
    @discardableResult
    public func expect<C: Command>(_ command: C.Type) throws -> C {
        try find(C.name, isUndo: false).request.decode()
    }

    /// Nothing may be outstanding.
    public func expectNothing() throws {
        guard outstanding.isEmpty else { throw failure("nothing was expected to be outstanding") }
    }

    /// The owner does what the command asks.
    public mutating func reply<C: Command>(to command: C.Type, _ reply: C.Reply) throws {
        try answer(find(C.name, isUndo: false).path, .accepted(RawJSON(encoding: reply)))
    }

    /// The owner says no.
    public mutating func refuse<C: Command>(_ command: C.Type, _ code: String = "refused") throws {
        let refusal = Refusal(code: code, message: "\(C.name) was refused")
        try answer(find(C.name, isUndo: false).path, .refused(refusal))
    }

    /// Nobody answers until the step's time is over: its `within`, else `replyWithin`.
    public mutating func timeOut<C: Command>(_ command: C.Type) throws {
        let path = try find(C.name, isUndo: false).path
        guard let step = steps.first(where: { $0.path == path }), let end = step.dueAt ?? step.deadlineAt else {
            throw failure("\(C.name) has no time limit")
        }
        try advance(by: .seconds(max(0, end.timeIntervalSince(now))))
    }

    /// The last answer to the command comes once more; nothing may change.
    public mutating func duplicate<C: Command>(replyTo command: C.Type) throws {
        guard let last = sent.last(where: { $0.name == C.name && !$0.isUndo }) else { throw missing(C.name) }
        try duplicate(last.path)
    }

    /// A success comes after the saga has gone on without the command.
    public mutating func replyLate<C: Command>(to command: C.Type, _ reply: C.Reply) throws {
        let closed = steps.last { $0.name == C.name && ["timed_out", "cancelled"].contains($0.status) }
        guard let closed else { throw failure("\(C.name) is not closed") }
        try answer(closed.path, .accepted(RawJSON(encoding: reply)))
    }

    // MARK: Undo

    /// The undo must be under way.
    @discardableResult
    public func expectUndo<C: Command>(_ command: C.Type) throws -> C {
        try find(C.name, isUndo: true).request.decode()
    }

    public mutating func undone<C: Command>(_ command: C.Type, _ reply: C.Reply) throws {
        try answer("\(find(C.name, isUndo: true).path)/undo", .accepted(RawJSON(encoding: reply)))
    }

    public mutating func refuseUndo<C: Command>(_ command: C.Type, _ code: String = "refused") throws {
        let refusal = Refusal(code: code, message: "\(C.name) was refused")
        try answer("\(find(C.name, isUndo: true).path)/undo", .refused(refusal))
    }

    /// Answers the undos one after another; they must be exactly these, in this order.
    public mutating func expectCompensation(_ names: String...) throws {
        for name in names {
            let undos = outstanding.filter(\.isUndo)
            guard let undo = undos.first, undos.count == 1, undo.name == name else {
                throw failure("undo \(name) was expected next")
            }
            try answer("\(undo.path)/undo", .accepted(.emptyObject))
        }
        guard !outstanding.contains(where: \.isUndo) else { throw failure("no further undo was expected") }
    }

    // MARK: Status and events

    public func expect(_ expected: SagaStatus) throws {
        guard status == expected else { throw failure("\(expected.rawValue) was expected") }
    }

    /// The saga must wait for this event.
    public func expectWait<E: Event>(for event: E.Type) throws {
        guard steps.contains(where: { $0.kind == "wait" && $0.name == E.type && $0.status == "issued" }) else {
            throw failure("a wait for \(E.type) was expected")
        }
    }

    /// The events of the type that were published.
    public func published<E: Event>(_: E.Type) throws -> [E] {
        try published.filter { $0.type == E.type }.map { try $0.data.decode() }
    }

    // MARK: Finding

    private func find(_ name: String, isUndo: Bool) throws -> SentCommand {
        guard let command = outstanding.first(where: { $0.name == name && $0.isUndo == isUndo }) else {
            throw missing(isUndo ? "undo \(name)" : name)
        }
        return command
    }

    private func missing(_ name: String) -> SagaScenarioFailure {
        failure("\(name) was expected to be outstanding")
    }
}
