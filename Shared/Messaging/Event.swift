import Commerce

/// A fact that happened. Never refused.
public protocol Event: Codable, Sendable {
    /// The CloudEvents `type` and the routing key on `stateset.events`, e.g. `shipment.delivered`.
    static var type: String { get }

    /// Who brings the event about, shown as `waiting_on.kind` while a saga waits for it.
    static var source: EventSource { get }
}

extension Event {
    public static var source: EventSource { .system }
}

public enum EventSource: Sendable {
    case system
    case human
}
