import Foundation

/// How to reach a broker.
public struct AMQPConfiguration: Sendable, Equatable {
    public var host: String
    public var port: Int
    public var virtualHost: String
    public var user: String
    public var password: String
    /// `nil` for `amqp`; for `amqps` peer and host name are always verified, TLS 1.2 or later.
    public var tls: TLS?
    /// Shown in the broker's own tools.
    public var connectionName: String
    public var heartbeatSeconds: Int

    public struct TLS: Sendable, Equatable {
        /// A PEM file of the authorities to trust.
        public var authorities: String
    }

    /// Reads `amqp://user:password@host:port/vhost`, or `amqps`, where `?cacertfile=` names the authorities to trust
    /// instead of the system's.
    ///
    /// - Throws: `AMQPError` `invalidURL`, naming what is wrong without repeating the URL.
    public init(url: String, connectionName: String, heartbeatSeconds: Int = 20) throws {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else {
            throw Self.invalid("it is not a URL with a host")
        }
        // LIMIT: under 5 s a busy peer is taken for dead; 0 would switch the detection of dead peers off.
        guard (5...600).contains(heartbeatSeconds) else { throw Self.invalid("heartbeat must be 5 to 600 s") }
        switch parts.scheme {
        case "amqp": tls = nil
        case "amqps": tls = TLS(authorities: Self.authorities(parts))
        default: throw Self.invalid("the scheme must be amqp or amqps")
        }
        self.host = host
        port = parts.port ?? (tls == nil ? 5672 : 5671)
        user = parts.user ?? "guest"
        password = parts.password ?? "guest"
        virtualHost = try Self.virtualHost(parts)
        self.connectionName = connectionName
        self.heartbeatSeconds = heartbeatSeconds
    }

    private static func authorities(_ parts: URLComponents) -> String {
        parts.queryItems?.first { $0.name == "cacertfile" }?.value ?? "/etc/ssl/certs/ca-certificates.crt"
    }

    private static func virtualHost(_ parts: URLComponents) throws -> String {
        let encoded = parts.percentEncodedPath.dropFirst()
        guard !encoded.isEmpty else { return "/" }
        guard let name = String(encoded).removingPercentEncoding, !encoded.contains("/") else {
            throw invalid("the virtual host must be one percent-encoded path segment")
        }
        return name
    }

    private static func invalid(_ reason: String) -> AMQPError {
        AMQPError(.invalidURL, "the broker URL cannot be used: \(reason)", .doNotRetry)
    }
}
