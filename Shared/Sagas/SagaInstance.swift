import Commerce
import Foundation
import Messaging

/// One saga: everything about it except its steps and its mail.
public struct SagaInstance: Sendable, Equatable {
    public var id: SagaID
    public var workspaceID: WorkspaceID
    public var name: String
    /// What it is about; unique per workspace and name.
    public var key: String
    public var subject: String?
    public var run = 1
    public var status = SagaStatus.running
    public var businessStatus: String?
    public var input: RawJSON
    public var output: RawJSON?
    public var error: Refusal?
    /// Why it is stuck: `no_reply`, `dead_letter`, `refused_after_pivot`, `undo_refused`, `undo_unknown`, `saga_error`,
    /// `too_many_operations`, `payload_too_large`.
    public var stuckReason: String?
    /// The refusal that began the compensation.
    public var cause: Refusal?
    /// What operators search by.
    public var attributes: [String: String] = [:]
    /// Since when due times are frozen.
    public var pausedAt: Date?
    /// Whether other sagas wait for its end.
    public var isWatched = false
    public var pivoted = false
    /// Why it is being undone.
    public var compensation: CompensationCause?
    public var nextSeq = 0
    /// Grows with every change.
    public var version = 0
    /// The build that saved it last; `nil` until one has.
    public var buildID: String?
    public var actor: String
    public var correlationID: String?
    public var traceparent: String?
    public var startedAt: Date
    public var updatedAt: Date

    public init(
        id: SagaID, workspaceID: WorkspaceID, name: String, key: String, subject: String?, input: RawJSON,
        actor: String, startedAt: Date
    ) {
        self.id = id
        self.workspaceID = workspaceID
        self.name = name
        self.key = key
        self.subject = subject
        self.input = input
        self.actor = actor
        self.startedAt = startedAt
        updatedAt = startedAt
    }
}

/// The engine's status of a saga, apart from its business status.
public enum SagaStatus: String, Sendable, CaseIterable {
    case running, waiting, paused, compensating, completed, compensated, cancelled, terminated, failed, stuck, diverged

    // `failed` is the end of a run that was refused before there was anything to undo.

    /// Whether nothing more will happen unless an operator restarts it.
    public var isTerminal: Bool {
        switch self {
        case .completed, .compensated, .cancelled, .terminated, .failed: true
        case .running, .waiting, .paused, .compensating, .stuck, .diverged: false
        }
    }
}

public enum CompensationCause: String, Sendable {
    case refusal, cancel
}

/// An event kept for a saga until a `wait` takes it.
public struct MailboxEntry: Sendable, Equatable {
    public var id: Int
    public var type: String
    public var data: RawJSON
    /// The run and step that took it.
    public var consumedRun: Int?
    public var consumedPath: String?

    public init(id: Int, type: String, data: RawJSON, consumedRun: Int? = nil, consumedPath: String? = nil) {
        self.id = id
        self.type = type
        self.data = data
        self.consumedRun = consumedRun
        self.consumedPath = consumedPath
    }
}

/// What a saga waits for, as operators see it.
public struct WaitingOn: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case command, event, timer, human
    }

    public var kind: Kind
    public var name: String
    public var since: Date
    public var until: Date?
}
