import AMQP
import Commerce
import HTTPTransport
import Logging
import Postgres

/// What a service is given to build itself from.
public struct ServiceContext: Sendable {
    /// The service's name, e.g. `order-ingest`.
    public let name: String
    public let settings: ServiceSettings
    public let logger: Logger
    /// Business time; in the dev stack with the shared offset.
    public let clock: any WallClock
    public let postgres: PostgresPool
    public let amqp: AMQPConfiguration
    public let publisher: AMQPPublisher
    public let providerSettings: ProviderSettingsStore
    public let http: any HTTPClient
    public let health: Health
}
