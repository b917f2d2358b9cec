import Commerce
import Foundation

/// Changes something at a provider, once per intent, in three phases, because no network call happens inside a
/// transaction: `plan` (transaction), `perform` (no transaction), `settle` (transaction).
///
/// `perform` and `probe` throw ``ProviderFailure``; its case decides what follows.
public protocol EffectHandler: Sendable {
    associatedtype Message: Command
    /// Everything `perform` needs, written down before the call.
    associatedtype Request: Codable & Sendable
    /// What the provider answered, as far as `settle` needs it.
    associatedtype Outcome: Codable & Sendable

    /// Whose effect this is, and its name there: `netsuite`, `salesOrder.create`.
    var effect: EffectKind { get }

    /// Who waits for it where the provider's account is busy; `customer` unless the handler says otherwise.
    var priority: CallPriority { get }

    /// Decides what to do; reads and writes rows only.
    func plan(
        _ command: Message, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Message.Reply>

    /// The provider call.
    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome

    /// Looks whether the effect of an earlier call is there. Only asked when its outcome is unknown.
    func probe(_ request: Request, for call: EffectCall) async throws -> Outcome?

    /// Everything at the provider that carries the effect's key, when it is more than was meant; empty otherwise. Asked
    /// some time after an effect whose call had to be sent again without a key that the provider keeps unique.
    func duplicates(of request: Request, for call: EffectCall) async throws -> [String]

    /// Tells the business of a second effect, for a person to undo.
    func report(
        duplicates: [String], of request: Request, in transaction: HandlerTransaction
    ) async throws

    /// Writes down the outcome and makes the reply.
    ///
    /// Failure: a ``Refusal`` becomes the reply where something was only read; what was done is not refused any more.
    func settle(
        _ outcome: Outcome, of request: Request, for command: Message, in transaction: HandlerTransaction
    ) async throws -> Message.Reply
}

extension EffectHandler {
    public var priority: CallPriority { .customer }

    public func probe(_ request: Request, for call: EffectCall) async throws -> Outcome? { nil }

    public func duplicates(of request: Request, for call: EffectCall) async throws -> [String] { [] }

    public func report(
        duplicates: [String], of request: Request, in transaction: HandlerTransaction
    ) async throws {}
}

public struct EffectKind: Sendable {
    public var provider: String
    public var operation: String
    public var recovery: EffectRecovery

    public init(_ provider: String, _ operation: String, recovery: EffectRecovery) {
        self.provider = provider
        self.operation = operation
        self.recovery = recovery
    }
}

/// What to do when a call may or may not have taken effect.
public enum EffectRecovery: Sendable, Equatable {
    /// The key is unique at the provider, or the call is idempotent: send it again and read "exists" as success.
    case sendAgain
    /// Look for it; let its absence count only `settleTime` after the end of the last call, because a slow request may
    /// still land. Not shorter than the client waits for an answer: so long a request may take, also one whose sender died.
    case probe(settleTime: Duration)
}

public enum EffectPlan<Request: Sendable, Reply: Sendable>: Sendable {
    /// Make the effect named by `key` (operation, entity, generation).
    case effect(key: String, Request)
    /// Only read from the provider, then settle. Harmless to repeat, so nothing is written down before.
    case read(Request)
    /// Nothing to do at the provider.
    case reply(Reply)
}

/// One call of an effect: for whom, and under which key.
public struct EffectCall: Sendable {
    public let workspaceID: WorkspaceID
    public let key: String
    public let now: Date
    /// How long ago, at most, an earlier call of the effect was made that may have acted; nil where there is none. For
    /// providers that keep a key unique for a time only.
    public let sinceFirstCall: Duration?

    package init(workspaceID: WorkspaceID, key: String, now: Date, sinceFirstCall: Duration? = nil) {
        self.workspaceID = workspaceID
        self.key = key
        self.now = now
        self.sinceFirstCall = sinceFirstCall
    }
}
