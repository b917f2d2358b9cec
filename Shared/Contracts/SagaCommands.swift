import Commerce
import Messaging

/// Starts a saga by (workspace, name, key); one that exists is left as it is.
public struct StartSaga: Command {
    public static let owner = ServiceName.sagaCoordinator
    public var saga: String
    public var key: String
    /// The saga's input as JSON text.
    public var input: String

    public struct Reply: Codable, Sendable, Equatable {
        public var id: SagaID
        public var started: Bool

        public init(id: SagaID, started: Bool) {
            self.id = id
            self.started = started
        }
    }

    public init(saga: String, key: String, input: String) {
        self.saga = saga
        self.key = key
        self.input = input
    }
}

/// What an operator does to one saga. Refused with `not_allowed`, `past_pivot`, `in_flight` or `outstanding` where its
/// state does not permit it, with `bad_result` or `bad_signal` where what is given does not fit.
public struct OperateSaga: Command {
    public static let owner = ServiceName.sagaCoordinator
    public typealias Reply = Done
    public var sagaID: SagaID
    public var verb: Verb
    public var reason: String
    /// Of `signal`: the event's type and its data as JSON text.
    public var signal: Signal?
    /// Of `skip` and `fire-timer`: which operation.
    public var path: String?
    /// Of `skip`: what counts as the operation's reply, as JSON text, and whether its undo is kept.
    public var result: String?
    public var keepUndo: Bool?

    public enum Verb: String, Codable, Sendable, CaseIterable {
        case pause, resume, retry, skip, signal, cancel, terminate, restart
        case fireTimer = "fire-timer"
    }

    public struct Signal: Codable, Sendable {
        public var name: String
        public var data: String

        public init(name: String, data: String) {
            self.name = name
            self.data = data
        }
    }

    public init(
        sagaID: SagaID, verb: Verb, reason: String, signal: Signal? = nil, path: String? = nil, result: String? = nil,
        keepUndo: Bool? = nil
    ) {
        self.sagaID = sagaID
        self.verb = verb
        self.reason = reason
        self.signal = signal
        self.path = path
        self.result = result
        self.keepUndo = keepUndo
    }

    enum CodingKeys: String, CodingKey {
        case verb, reason, signal, path, result
        case sagaID = "saga_id"
        case keepUndo = "keep_undo"
    }
}

/// Puts an exported history into the workspace as a paused saga: it acts only once it is resumed.
///
/// Refused with `bad_history` where it cannot be read or this build does something else than it says, with
/// `exists` where the workspace has a saga of that name and key.
public struct ImportSaga: Command {
    public static let owner = ServiceName.sagaCoordinator
    /// The exported history as JSON text.
    public var history: String
    public var reason: String

    public struct Reply: Codable, Sendable, Equatable {
        public var id: SagaID

        public init(id: SagaID) { self.id = id }
    }

    public init(history: String, reason: String) {
        self.history = history
        self.reason = reason
    }
}
