import Commerce
import Foundation
import Messaging

/// A durable process, written as a plain sequential function.
///
/// `run` is a pure function of its recorded history: it is replayed from the start each time something it waits for
/// arrives, finds every earlier answer in the history and goes on. It can do no I/O; `catch`, `try?` and `defer` have
/// no place in it (``SagaContext/attempt(_:within:undo:)`` is how it sees a refusal).
public protocol Saga: Sendable {
    associatedtype Input: Codable & Sendable
    associatedtype Output: Codable & Sendable

    /// The name operators see; never changed once sagas of it exist.
    static var name: String { get }
    /// The event that starts it, if any. Others are started by `StartSaga`.
    static var startsOn: SagaStart<Input>? { get }
    /// What it listens to while it runs, and before.
    static var events: [SagaEvent] { get }

    init()

    func run(_ saga: SagaContext, _ input: Input) throws -> Output
}

extension Saga {
    public static var startsOn: SagaStart<Input>? { nil }
    public static var events: [SagaEvent] { [] }
}

/// Which event starts a saga, under which key, with which input.
public struct SagaStart<Input: Codable & Sendable>: Sendable {
    let type: String
    let read: @Sendable (Envelope) throws -> (key: String, input: Input)

    public init<E: Event, Key: CustomStringConvertible>(
        _ event: E.Type, key: any KeyPath<E, Key> & Sendable, input: @escaping @Sendable (E) -> Input
    ) {
        type = E.type
        read = { envelope in
            let event: E = try envelope.data()
            return (event[keyPath: key].description, input(event))
        }
    }
}

/// An event a saga listens to, and the key that says for which instance it is.
public struct SagaEvent: Sendable {
    public let type: String
    let key: @Sendable (Envelope) throws -> String
    /// Checks that the data can be read, so that a saga never meets an event it cannot decode.
    let validate: @Sendable (RawJSON) throws -> Void

    public init<E: Event, Key: CustomStringConvertible>(_ event: E.Type, key: any KeyPath<E, Key> & Sendable) {
        type = E.type
        self.key = { envelope in
            let event: E = try envelope.data()
            return event[keyPath: key].description
        }
        validate = { _ = try $0.decode(E.self) }
    }
}
