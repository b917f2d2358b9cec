import AMQP
import Postgres

/// What a service reads from its environment, once, at start.
public struct ServiceSettings: Sendable {
    public let host: HostSettings
    public let postgresURL: SecretText
    public let amqpURL: SecretText
    public let secretKeys: SecretKeys
    public let poolSize: Int
}

extension ServiceSettings {
    public init(_ reader: SettingsReader) throws(SettingsError) {
        host = try HostSettings(reader)
        postgresURL = try reader.secret(.postgresURL)
        amqpURL = try reader.secret(.amqpURL)
        secretKeys = try reader.secretKeys()
        poolSize = try reader.integer(.poolSize, in: 1...100)
    }

    func postgres(applicationName: String) throws(SettingsError) -> PostgresConfiguration {
        do {
            return try PostgresConfiguration(
                url: postgresURL.reveal(), applicationName: applicationName, poolSize: poolSize)
        } catch {
            throw .malformed(.postgresURL)
        }
    }

    func amqp(connectionName: String) throws(SettingsError) -> AMQPConfiguration {
        do {
            return try AMQPConfiguration(url: amqpURL.reveal(), connectionName: connectionName)
        } catch {
            throw .malformed(.amqpURL)
        }
    }
}
