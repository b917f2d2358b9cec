import Commerce
import Foundation
import Messaging

/// What a saga sees: its operations. Each finds its answer in the history, or is begun and suspends the saga.
///
/// A branch of ``all(_:)`` or ``race(_:)`` has a context of its own; the outer one must not be used within it.
/// Not `Sendable`, and gone when the activation ends: a saga keeps nothing but its recorded history.
public final class SagaContext {
    let recorder: SagaRecorder
    /// The path of the branch, with a slash behind it; empty for the saga itself.
    let prefix: String
    /// Counts the operations of this replay; the next one's path.
    private var position = 0
    private var frozen = false
    private var isBranching = false

    init(_ recorder: SagaRecorder, prefix: String = "") {
        self.recorder = recorder
        self.prefix = prefix
    }

    var isBranch: Bool { !prefix.isEmpty }

    // MARK: Replay

    /// The record of the next operation; begun now if there is none.
    func enter(
        _ kind: SagaStep.Kind, _ name: String, _ begin: (inout SagaStep) throws -> Void = { _ in }
    ) throws -> SagaStep {
        let path = try nextPath()
        return try freezing {
            try recorder.recall(path, kind, name) ?? recorder.begin(path, kind, name, begin)
        }
    }

    /// Claims the next place in the code for an operation that keeps its own record.
    func nextPath() throws -> String {
        try check()
        defer { position += 1 }
        return here
    }

    /// The place of the next operation.
    var here: String { "\(prefix)\(position)" }

    /// - Throws: ``Suspended`` once the context is frozen; ``SagaMisuse`` within a branch of its own.
    func check() throws {
        guard !frozen else { throw Suspended() }
        guard !isBranching else {
            throw freeze(SagaMisuse(message: "a branch used the context outside it: use the one it is given"))
        }
    }

    func requireTopLevel(_ operation: String) throws {
        try check()
        guard !isBranch else { throw freeze(SagaMisuse(message: "\(operation) is for the saga itself, not a branch")) }
    }

    /// After the first suspension, refusal or divergence a context records nothing and throws again.
    func freeze<E: Error>(_ error: E) -> E {
        frozen = true
        return error
    }

    func freezing<R>(_ work: () throws -> R) throws -> R {
        do {
            return try work()
        } catch {
            throw freeze(error)
        }
    }

    /// Runs branches: until they are through, the outer context is off limits.
    func branching<R>(_ work: () throws -> R) throws -> R {
        isBranching = true
        defer { isBranching = false }
        return try freezing(work)
    }
}

/// How one replay of a saga ended.
enum ReplayOutcome {
    case suspended
    case completed(RawJSON)
    case refused(Refusal)
    case continued(RawJSON)
    case diverged(String)
    case failed(SagaMisuse)

    init(_ run: () throws -> RawJSON) {
        do {
            self = .completed(try run())
        } catch is Suspended {
            self = .suspended
        } catch let refusal as Refusal {
            self = .refused(refusal)
        } catch let next as ContinuedAsNew {
            self = .continued(next.input)
        } catch let divergence as Divergence {
            self = .diverged(divergence.description)
        } catch let misuse as SagaMisuse {
            self = .failed(misuse)
        } catch {
            self = .failed(SagaMisuse(message: "\(error)"))
        }
    }
}

/// The saga has come to something it must wait for.
struct Suspended: Error {}

/// The code does something else than the history says.
struct Divergence: Error, CustomStringConvertible {
    let description: String
}

/// The run is over, another one takes its place.
struct ContinuedAsNew: Error {
    let input: RawJSON
}
