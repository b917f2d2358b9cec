import Foundation
import Messaging

extension SagaContext {
    /// Starts another saga by its key and waits for its output.
    ///
    /// One that exists already is awaited. An end other than `completed` is a refusal `child_<status>`.
    /// Cancelling this saga cancels a child that it started, and awaits it; terminating leaves it alone.
    @discardableResult
    public func child<S: Saga>(_ saga: S.Type, key: String, input: S.Input) throws -> S.Output {
        try answer(child(saga, key, input)) { _ in nil }
    }

    /// - Parameter undo: what takes the child's work back, given its output.
    @discardableResult
    public func child<S: Saga, U: Command>(
        _ saga: S.Type, key: String, input: S.Input, undo: @escaping (S.Output) -> U?
    ) throws -> S.Output {
        try answer(child(saga, key, input)) { try undo($0).map(UndoRecord.init) }
    }

    private func child<S: Saga>(_: S.Type, _ key: String, _ input: S.Input) throws -> SagaStep {
        try enter(.child, S.name) { step in
            let request = ChildRequest(
                saga: S.name, key: key, input: try RawJSON(encoding: input).checked("the input").text)
            step.owner = .sagaCoordinator
            step.request = try RawJSON(encoding: request)
        }
    }
}

/// What a child step asks for.
public struct ChildRequest: Codable, Sendable {
    public var saga: String
    public var key: String
    /// The child's input as JSON text.
    public var input: String
}
