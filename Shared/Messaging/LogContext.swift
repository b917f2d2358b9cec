import Commerce
import Logging

/// What the work at hand is about; every log line written within it carries it.
public struct LogContext: Hashable, Sendable {
    public var messageID: String?
    public var correlationID: String?
    public var causationID: String?
    public var sagaID: String?
    public var workspaceID: String?
    /// The trace that the work belongs to; outbound requests go on from it.
    public var traceParent: TraceParent?

    @TaskLocal public static var current = LogContext()

    public init(
        messageID: String? = nil, correlationID: String? = nil, causationID: String? = nil, sagaID: String? = nil,
        workspaceID: String? = nil, traceParent: TraceParent? = nil
    ) {
        self.messageID = messageID
        self.correlationID = correlationID
        self.causationID = causationID
        self.sagaID = sagaID
        self.workspaceID = workspaceID
        self.traceParent = traceParent
    }

    /// What firings of schedules have for the path of a step; the id with it is a schedule's.
    private static let schedulePath = "schedule"

    /// The context of the work that a message brings.
    init(handling envelope: Envelope) {
        let attributes = envelope.attributes
        let sagaID = attributes.sagapath == Self.schedulePath ? nil : attributes.sagaid
        self.init(
            messageID: attributes.id, correlationID: attributes.correlationid, causationID: attributes.causationid,
            sagaID: sagaID?.description, workspaceID: attributes.workspaceid.description,
            traceParent: attributes.traceparent.flatMap { TraceParent($0) })
    }

    /// Runs the work with this context; also tasks begun by it have it.
    public func run<R, E: Error>(
        isolation: isolated (any Actor)? = #isolation, _ work: () async throws(E) -> R
    ) async throws(E) -> R {
        let result: Result<R, E> = await Self.$current.withValue(self) {
            do throws(E) {
                return .success(try await work())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    public var metadata: Logger.Metadata {
        let fields = [
            "message_id": messageID, "correlation_id": correlationID, "causation_id": causationID,
            "saga_id": sagaID, "workspace_id": workspaceID, "trace_id": traceParent?.traceID,
        ]
        return fields.compactMapValues { $0.map(Logger.MetadataValue.string) }
    }

    /// Gives every logger the context of the task it is used in.
    public static let metadataProvider = Logger.MetadataProvider { current.metadata }
}
