import Commerce
import Foundation
import Postgres
import ServiceKit
import Testing

@Suite("The clock of the dev stack", .enabled(if: TestDatabase.url != nil), .serialized)
struct ServiceClockTests {
    @Test("runs ahead of real time by the shared offset, once it has been read")
    func offset() async throws {
        try await TestDatabase.run { pool, _ in
            let clock = ServiceClock(pool: pool, logger: TestDatabase.logger)
            #expect(abs(clock.now.timeIntervalSinceNow) < 3600)
            try await setOffset(Duration.days(3), pool)
            try await clock.refresh()
            let ahead = clock.now.timeIntervalSinceNow
            try await setOffset(.zero, pool)
            #expect(abs(ahead - 3 * 86_400) < 3600)
            try await clock.refresh()
            #expect(abs(clock.now.timeIntervalSinceNow) < 3600)
        }
    }

    private func setOffset(_ offset: Duration, _ pool: PostgresPool) async throws {
        let milliseconds = offset.components.seconds * 1000
        try await pool.execute("UPDATE platform.dev_clock SET offset_ms = \(milliseconds) WHERE id = 1")
    }
}
