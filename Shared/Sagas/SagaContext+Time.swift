import Commerce
import Foundation
import Messaging

extension SagaContext {
    /// Waits for the oldest event of the type that matches. Events that came before are not lost.
    public func wait<E: Event>(for event: E.Type, where matches: @escaping (E) -> Bool = { _ in true }) throws -> E {
        guard let found = try waiting(for: event, upTo: nil, matches) else { throw freeze(Suspended()) }
        return found
    }

    /// - Returns: `nil` when no such event came in time.
    public func wait<E: Event>(
        for event: E.Type, upTo limit: Duration, where matches: @escaping (E) -> Bool = { _ in true }
    ) throws -> E? {
        try waiting(for: event, upTo: limit, matches)
    }

    /// Sleeps: rows, not memory. A pause of the saga makes it longer.
    public func sleep(for duration: Duration) throws {
        let step = try enter(.sleep, "sleep") { $0.dueAt = recorder.now + duration.timeInterval }
        guard step.status == .completed else { throw freeze(Suspended()) }
    }

    /// Sleeps until a moment, whether or not the saga is paused meanwhile. One that is past is over at once.
    public func sleep(until moment: Date) throws {
        let step = try enter(.sleepUntil, "sleep") { $0.dueAt = moment }
        guard step.status == .completed else { throw freeze(Suspended()) }
    }

    private func waiting<E: Event>(
        for event: E.Type, upTo limit: Duration?, _ matches: (E) -> Bool
    ) throws -> E? {
        var step = try enter(.wait, E.type) { step in
            step.dueAt = limit.map { recorder.now + $0.timeInterval }
            step.owner = E.source == .human ? .human : nil
        }
        recorder.observer?.awaits(E.self, at: step.path)
        if step.status == .issued { step = try freezing { try take(step, matches) } ?? step }
        switch step.status {
        case .completed:
            let event: E = try freezing { try read(step) }
            return event
        case .timedOut: return nil
        case .issued, .refused, .cancelled: throw freeze(Suspended())
        }
    }

    /// - Throws: ``SagaMisuse`` when the event is too large for a history.
    private func take<E: Event>(_ step: SagaStep, _ matches: (E) -> Bool) throws -> SagaStep? {
        let entry = recorder.take { entry in
            entry.type == E.type && ((try? entry.data.decode(E.self)).map(matches) ?? false)
        }
        guard let entry else { return nil }
        var step = step
        step.status = .completed
        step.result = try entry.data.checked("the event \(E.type)")
        step.eventID = entry.id
        step.eventType = entry.type
        step.finishedAt = recorder.now
        step.seq = recorder.takeSeq()
        recorder.record(step)
        return step
    }
}

extension ServiceName {
    /// Marks a wait that a person ends.
    static let human = ServiceName(rawValue: "human")
}
