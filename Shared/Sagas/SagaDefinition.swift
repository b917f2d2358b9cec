import Foundation
import Messaging

/// A saga without its types: what the engine and the catalog work with.
public struct SagaDefinition: Sendable {
    public let name: String
    /// The event types it starts on or listens to.
    public let eventTypes: Set<String>
    /// Is told what the saga waits for; the test kit's.
    var observer: SagaObserver?
    private let body: @Sendable (RawJSON, SagaContext) -> ReplayOutcome
    private let startType: String?
    private let readStart: @Sendable (Envelope) throws -> (key: String, input: RawJSON)?
    private let events: [String: SagaEvent]
    private let validateInput: @Sendable (RawJSON) throws -> Void
    /// Makes up an input; the test kit's.
    let sampleInput: @Sendable () throws -> RawJSON

    public init<S: Saga>(_: S.Type) {
        name = S.name
        let start = S.startsOn
        startType = start?.type
        events = Dictionary(S.events.map { ($0.type, $0) }) { first, _ in first }
        eventTypes = Set(events.keys).union(start.map { [$0.type] } ?? [])
        readStart = { envelope in
            guard let start else { return nil }
            let (key, input) = try start.read(envelope)
            return (key, try RawJSON(encoding: input))
        }
        validateInput = { _ = try $0.decode(S.Input.self) }
        sampleInput = { try RawJSON(encoding: SampleValue.make(S.Input.self)) }
        body = { input, context in
            ReplayOutcome {
                try RawJSON(encoding: S().run(context, input.decode())).checked("the output")
            }
        }
    }

    func replay(_ input: RawJSON, _ context: SagaContext) -> ReplayOutcome {
        context.recorder.observer = observer
        return body(input, context)
    }

    /// The key and input of the instance that `envelope` starts, if it starts one.
    public func start(on envelope: Envelope) throws -> (key: String, input: RawJSON)? {
        envelope.attributes.type == startType ? try readStart(envelope) : nil
    }

    /// The key of the instance that `envelope` is for, if the saga listens to it.
    public func key(of envelope: Envelope) throws -> String? {
        try events[envelope.attributes.type]?.key(envelope)
    }

    /// - Throws: ``Refusal`` when the saga does not listen to `type`, or its data cannot be read or is too large.
    public func validate(signal type: String, data: RawJSON) throws {
        guard let event = events[type] else {
            let known = events.keys.sorted().joined(separator: ", ")
            throw Refusal(code: "unknown_signal", message: "\(name) does not listen to '\(type)', only to: \(known)")
        }
        if let objection = SagaBounds.objection(to: data, "the data of '\(type)'", field: "data") { throw objection }
        do {
            try event.validate(data)
        } catch {
            throw Refusal(code: "bad_signal", message: "the data of '\(type)' cannot be read: \(error)")
        }
    }

    /// - Throws: ``Refusal`` when the input is not this saga's, or is too large.
    public func validate(input: RawJSON) throws {
        if let objection = SagaBounds.objection(to: input, "the input", field: "input") { throw objection }
        do {
            try validateInput(input)
        } catch {
            throw Refusal(code: "bad_input", message: "the input of \(name) cannot be read: \(error)")
        }
    }

    /// Why the saga's code cannot go on from its history; `nil` when it can. Begins nothing.
    func misfit(_ machine: SagaMachine) -> String? {
        let recorder = SagaRecorder(machine, mode: .observe, evaluatesUndo: machine.saga.compensation != nil)
        switch replay(machine.saga.input, SagaContext(recorder)) {
        case .diverged(let message): return message
        case .failed(let misuse): return misuse.message
        case .suspended, .completed, .refused, .continued: return nil
        }
    }
}
