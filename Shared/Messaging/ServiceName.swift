/// The name of an executable: its routing key, queue prefix and, with underscores, its schema and role.
public struct ServiceName: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public var description: String { rawValue }

    /// The service's schema in Postgres.
    public var schema: String { rawValue.replacing("-", with: "_") }

    /// The role it logs in with: rights on its own schema only.
    public var role: String { "stateset_\(schema)" }

    public static let ingestGateway = ServiceName(rawValue: "ingest-gateway")
    public static let api = ServiceName(rawValue: "api")
    public static let orderIngest = ServiceName(rawValue: "order-ingest")
    public static let fulfillmentDispatch = ServiceName(rawValue: "fulfillment-dispatch")
    public static let tracking = ServiceName(rawValue: "tracking")
    public static let returns = ServiceName(rawValue: "returns")
    public static let notifications = ServiceName(rawValue: "notifications")
    public static let sagaCoordinator = ServiceName(rawValue: "saga-coordinator")
}
