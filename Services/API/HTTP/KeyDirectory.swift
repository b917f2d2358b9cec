import Postgres
import ServiceKit
import Synchronization

/// Who holds which key, remembered for a moment.
///
/// *Guarantees*: a revoked key is refused within ``lifetime``. Keys that do not exist are never remembered.
final class KeyDirectory: Sendable {
    static let lifetime = Duration.seconds(5)
    // LIMIT: a few hundred bytes each; a workspace has a handful.
    private static let countMax = 10_000

    private struct Entry {
        var caller: Caller
        var until: ContinuousClock.Instant
    }

    private let pool: PostgresPool
    private let entries = Mutex<[[UInt8]: Entry]>([:])

    init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Nil for a key that does not exist or is revoked.
    func caller(holding secret: KeySecret, at now: ContinuousClock.Instant = .now) async throws -> Caller? {
        let hash = secret.hash
        if let known = entries.withLock({ $0[hash] }), known.until > now { return known.caller }
        let found = try await KeyStore.find(hash: hash, in: pool)
        entries.withLock { entries in
            if entries.count >= Self.countMax { entries.removeAll() }
            entries[hash] = found.map { Entry(caller: $0, until: now + Self.lifetime) }
        }
        return found
    }
}
