import Messaging
import Synchronization

/// Learns from a replay what each open step would be answered with, so that answers can be made up.
final class SagaObserver: Sendable {
    private let samples = Mutex<[String: @Sendable () throws -> RawJSON]>([:])

    func awaits<Value: Codable & Sendable>(_: Value.Type, at path: String) {
        samples.withLock { $0[path] = { try RawJSON(encoding: SampleValue.make(Value.self)) } }
    }

    /// - Throws: `DecodingError` when no value of the type can be made up; see ``Sampled``.
    func sample(at path: String) throws -> RawJSON {
        try samples.withLock { $0[path] }?() ?? .emptyObject
    }
}
