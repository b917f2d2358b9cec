import Commerce
import Messaging

/// A saga's business status changed, or it ended, got stuck, or began to undo.
///
/// `run` and `version` only grow: an older one that comes late is ignored.
public struct SagaUpdated: Event {
    public static let type = "saga.updated"
    public var sagaID: SagaID
    public var name: String
    public var key: String
    public var run: Int
    public var version: Int
    /// The engine status: `waiting`, `compensated`, `stuck`, …
    public var status: String
    public var businessStatus: String?
    public var error: Refusal?

    public init(
        sagaID: SagaID, name: String, key: String, run: Int, version: Int, status: String, businessStatus: String?,
        error: Refusal?
    ) {
        self.sagaID = sagaID
        self.name = name
        self.key = key
        self.run = run
        self.version = version
        self.status = status
        self.businessStatus = businessStatus
        self.error = error
    }

    enum CodingKeys: String, CodingKey {
        case name, key, run, version, status, error
        case sagaID = "saga_id"
        case businessStatus = "business_status"
    }
}
