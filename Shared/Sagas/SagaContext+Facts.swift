import Commerce
import Foundation
import Messaging

extension SagaContext {
    // MARK: Deterministic facts

    /// The time of the activation that came here first. Every replay gets the same.
    public func now() throws -> Date {
        let step = try enter(.now, "now") { $0.result = try RawJSON(encoding: recorder.now) }
        return try freezing { try read(step) }
    }

    /// An id that every replay gets again: made from the saga, its run and the place in the code.
    public func uuid() throws -> UUID {
        let step = try enter(.uuid, "uuid") { step in
            let name = "\(recorder.sagaID)/\(recorder.run)/\(step.path)"
            step.result = try RawJSON(encoding: UUID(named: name))
        }
        return try freezing { try read(step) }
    }

    /// Publishes an event, once, with the commit of this activation.
    public func publish<E: Event>(_ event: E) throws {
        _ = try enter(.publish, E.type) { $0.request = try RawJSON(encoding: event).checked(E.type) }
    }

    /// Guards a change of the code: `false` for sagas that had passed this place before the change came, `true` for
    /// all others, now and in every replay.
    public func patched(_ id: String) throws -> Bool {
        try check()
        let key = "\(prefix)\(id)"
        if let known = recorder.patches[key] { return known }
        let isPatched = try freezing { try decidePatch(id) }
        recorder.patches[key] = isPatched
        return isPatched
    }

    /// The marker stands before the next operation and takes none of the numbers.
    private func decidePatch(_ id: String) throws -> Bool {
        let markers = recorder.steps.values.filter { $0.kind == .patch && SagaPath.isWithin($0.path, here) }
        guard !markers.contains(where: { $0.name == id }) else { return true }
        guard !isBehindHistory else { return false }
        _ = try recorder.begin("\(here)/-\(markers.count + 1)", .patch, id) { _ in }
        return true
    }

    /// Whether the history has gone further than this place of the code: also past it, where an `all` of nothing has
    /// left no record.
    private var isBehindHistory: Bool {
        recorder.steps.values.contains { $0.kind != .patch && SagaPath.isAtOrAfter($0.path, here) }
    }

    // MARK: Progress

    /// Says where the business stands: the saga's `business_status`.
    public func status(_ status: some RawRepresentable<String>) {
        guard (try? check()) != nil else { return }
        recorder.facts.businessStatus = status.rawValue
    }

    /// Says what the saga is about, for operators to search by; `nil` takes it back.
    public func attribute(_ name: String, _ value: (some CustomStringConvertible)?) {
        guard (try? check()) != nil else { return }
        // WHY: an index of jsonb holds them, which has no place for NUL.
        recorder.facts.attributes[name] = value?.description.replacingOccurrences(of: "\0", with: "")
    }

    /// The point of no return: what was done so far is never undone, and from here the saga only goes forward.
    public func pivot() throws {
        try requireTopLevel("pivot")
        let step = try enter(.pivot, "pivot")
        recorder.isPivoted = true
        guard recorder.isNew(step.path) else { return }
        for step in recorder.steps.values where step.undo?.status == .recorded && !step.isClosed {
            recorder.update(step.path) { $0.undo?.status = .discarded }
        }
    }

    /// Ends this run and begins the next with `input`: an empty history, the same key.
    ///
    /// What can be undone, the pivot and mail not taken yet are carried over. Waits until nothing of the run is
    /// outstanding any more.
    public func continueAsNew<I: Codable & Sendable>(_ input: I) throws -> Never {
        try requireTopLevel("continueAsNew")
        throw freeze(ContinuedAsNew(input: try RawJSON(encoding: input).checked("the input")))
    }
}
