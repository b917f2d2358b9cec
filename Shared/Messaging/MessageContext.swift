import Commerce
import Foundation

/// What every message caused by another inherits: the tenant, the chain of causes and who acts.
public struct MessageContext: Sendable {
    public var workspaceID: WorkspaceID
    public var correlationID: String?
    public var causationID: String?
    public var traceparent: String?
    public var actor: String
    public var saga: SagaAddress?

    public init(workspaceID: WorkspaceID, actor: String, correlationID: String? = nil, traceparent: String? = nil) {
        self.workspaceID = workspaceID
        self.actor = actor
        self.correlationID = correlationID
        self.traceparent = traceparent
    }

    /// What a message caused by `envelope` inherits.
    public init(causedBy envelope: Envelope) {
        let attributes = envelope.attributes
        workspaceID = attributes.workspaceid
        correlationID = attributes.correlationid ?? attributes.id
        causationID = attributes.id
        traceparent = attributes.traceparent
        actor = attributes.actor ?? attributes.source
        saga = SagaAddress(attributes)
    }
}

/// The step of a saga that a command belongs to. A reply must match all of it.
public struct SagaAddress: Hashable, Sendable {
    public var sagaID: SagaID
    public var run: Int
    public var path: String
    public var attempt: Int

    public init(sagaID: SagaID, run: Int, path: String, attempt: Int) {
        self.sagaID = sagaID
        self.run = run
        self.path = path
        self.attempt = attempt
    }

    public init?(_ attributes: Envelope.Attributes) {
        guard let sagaID = attributes.sagaid, let run = attributes.sagarun, let path = attributes.sagapath,
            let attempt = attributes.sagaattempt
        else { return nil }
        self.init(sagaID: sagaID, run: run, path: path, attempt: attempt)
    }

    func write(to attributes: inout Envelope.Attributes) {
        attributes.sagaid = sagaID
        attributes.sagarun = run
        attributes.sagapath = path
        attributes.sagaattempt = attempt
    }
}
