/// The bounds of a client.
public struct HTTPLimits: Sendable {
    // LIMIT: the largest answer of a provider is a page of 250 orders, about 2 MiB.
    public var responseBytes = 16 * 1024 * 1024
    // LIMIT: servers cut request headers at 8 to 64 KiB; answers carry no more.
    public var responseHeaderBytes = 256 * 1024
    // LIMIT: exchanges under way at once; each holds a socket of the process's 1,024 descriptors.
    public var exchanges = 512
    // LIMIT: idle connections kept for reuse.
    public var idleConnections = 64
    /// Includes name look-up and the TLS handshake.
    public var connectTimeout: Duration = .seconds(10)

    public init() {}
}
