import Foundation
import Messaging

/// A saga without its types: what the engine and the catalog work with.
public struct SagaDefinition: Sendable {
    public let name: String
    /// The event types it starts on or listens to.
    public let eventTypes: Set<String>
    let replay: @Sendable (RawJSON, SagaContext) -> ReplayOutcome
    private let startType: String?
    private let readStart: @Sendable (Envelope) throws -> (key: String, input: RawJSON)?
    private let events: [String: SagaEvent]
    private let validateInput: @Sendable (RawJSON) throws -> Void

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
        replay = { input, context in
            ReplayOutcome {
                try RawJSON(encoding: S().run(context, input.decode()))
            }
        }
    }

    /// The key and input of the instance that `envelope` starts, if it starts one.
    public func start(on envelope: Envelope) throws -> (key: String, input: RawJSON)? {
        envelope.attributes.type == startType ? try readStart(envelope) : nil
    }

    /// The key of the instance that `envelope` is for, if the saga listens to it.
    public func key(of envelope: Envelope) throws -> String? {
        try events[envelope.attributes.type]?.key(envelope)
    }

    /// - Throws: ``Refusal`` when the saga does not listen to `type`, or its data cannot be read.
    public func validate(signal type: String, data: RawJSON) throws {
        guard let event = events[type] else {
            let known = events.keys.sorted().joined(separator: ", ")
            throw Refusal(code: "unknown_signal", message: "\(name) does not listen to '\(type)', only to: \(known)")
        }
        do {
            try event.validate(data)
        } catch {
            throw Refusal(code: "bad_signal", message: "the data of '\(type)' cannot be read: \(error)")
        }
    }

    /// - Throws: ``Refusal`` when the input is not this saga's.
    public func validate(input: RawJSON) throws {
        do {
            try validateInput(input)
        } catch {
            throw Refusal(code: "bad_input", message: "the input of \(name) cannot be read: \(error)")
        }
    }
}

/// How one replay of a saga ended.
enum ReplayOutcome {
    case suspended
    case completed(RawJSON)
    case refused(Refusal)
    case diverged(String)
    case failed(String)

    init(_ run: () throws -> RawJSON) {
        do {
            self = .completed(try run())
        } catch is Suspended {
            self = .suspended
        } catch let refusal as Refusal {
            self = .refused(refusal)
        } catch let divergence as Divergence {
            self = .diverged(divergence.description)
        } catch {
            self = .failed("\(error)")
        }
    }
}

/// The saga has come to something it must wait for.
struct Suspended: Error {}

/// The code does something else than the history says.
struct Divergence: Error, CustomStringConvertible {
    let description: String
}
