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

/// What an operator does to one saga. Refused with `not_allowed` (or `past_pivot`) where its state does not permit it.
public struct OperateSaga: Command {
    public static let owner = ServiceName.sagaCoordinator
    public typealias Reply = Done
    public var sagaID: SagaID
    public var verb: Verb
    public var reason: String
    /// Of `signal`: the event's type and its data as JSON text.
    public var signal: Signal?

    public enum Verb: String, Codable, Sendable, CaseIterable {
        case retry, cancel, restart, signal
    }

    public struct Signal: Codable, Sendable {
        public var name: String
        public var data: String

        public init(name: String, data: String) {
            self.name = name
            self.data = data
        }
    }

    public init(sagaID: SagaID, verb: Verb, reason: String, signal: Signal? = nil) {
        self.sagaID = sagaID
        self.verb = verb
        self.reason = reason
        self.signal = signal
    }

    enum CodingKeys: String, CodingKey {
        case verb, reason, signal
        case sagaID = "saga_id"
    }
}
