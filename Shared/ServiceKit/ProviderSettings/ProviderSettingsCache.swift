import Commerce
import Foundation
import Synchronization

/// Documents read from the table, for a moment each: a busy service asks before every call.
final class ProviderSettingsCache: Sendable {
    struct Key: Hashable {
        let workspace: WorkspaceID
        let provider: String
    }

    private struct Entry {
        let document: Data
        let freshUntil: ContinuousClock.Instant
    }

    /// LIMIT: how long a process may work with settings that were just changed.
    static let lifetime = Duration.seconds(2)
    /// LIMIT: a few kilobytes each.
    static let countMax = 1000

    private let entries = Mutex<[Key: Entry]>([:])
    private let now: @Sendable () -> ContinuousClock.Instant

    init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.now = now
    }

    func document(_ key: Key) -> Data? {
        entries.withLock { entries in
            guard let entry = entries[key], entry.freshUntil > now() else { return nil }
            return entry.document
        }
    }

    func keep(_ document: Data, for key: Key) {
        entries.withLock { entries in
            if entries.count >= Self.countMax { entries.removeAll() }
            entries[key] = Entry(document: document, freshUntil: now().advanced(by: Self.lifetime))
        }
    }

    func forget(_ key: Key) {
        entries.withLock { _ = $0.removeValue(forKey: key) }
    }
}
