import Commerce
import Foundation
import Logging
import Postgres
import ServiceLifecycle
import Synchronization

/// Business time of the dev stack: real time plus an offset that all processes share through Postgres.
///
/// Used only with `STATESET_DEV=1`; otherwise a service's clock is the machine's. The offset is read again twice a
/// second; while Postgres is away the last one stays.
public final class ServiceClock: WallClock, Service {
    /// LIMIT: how long after `stateset dev clock advance` a process may still use the old time.
    static let refreshInterval = Duration.milliseconds(500)

    private let offset = Mutex<Duration>(.zero)
    private let pool: PostgresPool
    private let logger: Logger

    public init(pool: PostgresPool, logger: Logger) {
        self.pool = pool
        self.logger = logger
    }

    public var now: Date {
        Date.now.addingTimeInterval(offset.withLock { $0 }.timeInterval)
    }

    /// Reads the offset; a database without the table, or without a row, has none.
    public func refresh() async throws {
        let rows = try await pool.query("SELECT offset_ms FROM platform.dev_clock WHERE id = 1")
        let milliseconds: Int64 = try rows.first.map { try $0("offset_ms") } ?? 0
        offset.withLock { $0 = .milliseconds(milliseconds) }
    }

    /// Passes once the offset has been read.
    var check: HealthCheck {
        HealthCheck("dev-clock") { [self] in try await refresh() }
    }

    public func run() async throws {
        var isFailing = false
        while !Task.isShuttingDownGracefully && !Task.isCancelled {
            do {
                try await refresh()
                isFailing = false
            } catch {
                if !isFailing { logger.warning("dev clock not read, will be retried", metadata: ["error": "\(error)"]) }
                isFailing = true
            }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.refreshInterval) }
        }
    }
}
