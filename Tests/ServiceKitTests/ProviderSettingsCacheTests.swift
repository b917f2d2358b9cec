import Commerce
import Foundation
import Synchronization
import Testing

@testable import ServiceKit

@Suite("The cache of provider settings")
struct ProviderSettingsCacheTests {
    @Test("a document is used for two seconds and not a moment longer")
    func lifetime() {
        let start = ContinuousClock.now
        let time = ManualInstant(start)
        let cache = ProviderSettingsCache(now: { time.now })
        let key = ProviderSettingsCache.Key(workspace: WorkspaceID(), provider: "dcl")
        cache.keep(Data([1]), for: key)
        time.set(start.advanced(by: .milliseconds(1_999)))
        #expect(cache.document(key) == Data([1]))
        time.set(start.advanced(by: .seconds(2)))
        #expect(cache.document(key) == nil)
    }

    @Test("it is bounded, and forgets what it is told to forget")
    func bounded() {
        let cache = ProviderSettingsCache()
        let keys = (0...ProviderSettingsCache.countMax).map { _ in
            ProviderSettingsCache.Key(workspace: WorkspaceID(), provider: "dcl")
        }
        for key in keys { cache.keep(Data(), for: key) }
        #expect(cache.document(keys[0]) == nil)
        let last = keys[ProviderSettingsCache.countMax]
        #expect(cache.document(last) != nil)
        cache.forget(last)
        #expect(cache.document(last) == nil)
    }

    final class ManualInstant: Sendable {
        private let instant: Mutex<ContinuousClock.Instant>

        init(_ start: ContinuousClock.Instant) { instant = Mutex(start) }

        var now: ContinuousClock.Instant { instant.withLock { $0 } }

        func set(_ new: ContinuousClock.Instant) { instant.withLock { $0 = new } }
    }
}
