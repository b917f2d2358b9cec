import Commerce
import Foundation
import Logging
import Postgres
import Support
import Testing

@testable import Messaging
@testable import SagaCoordinator

@Suite("Gauges of sagas", .tags(.postgres), .enabled(if: CoordinatorBench.isThere))
struct SagaGaugeTests {
    @Test("they tell how many wait for somebody, and how many are past a deadline that nobody has looked at")
    func counts() async throws {
        try await EmptyDatabase.run(CoordinatorBench.url ?? "") { url in
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let login = try await ServiceLogin.url(url, as: "stateset_saga_coordinator", schema: "saga_coordinator")
            let owner = PostgresPool(try PostgresConfiguration(url: url, applicationName: "test"), logger: logger)
            let pool = PostgresPool(try PostgresConfiguration(url: login, applicationName: "test"), logger: logger)
            let clock = ManualClock(Date(timeIntervalSince1970: 1_800_000_000))
            let reading = SagaGauges.reading(on: pool, clock)
            #expect(try await values(reading) == [0, 0, 0, 0, 0])
            let statuses = ["stuck", "stuck", "stuck", "diverged", "compensating", "waiting", "waiting", "completed"]
            let checks: [Date?] = [
                nil, clock.now - 11, nil, nil, clock.now + 60, clock.now - 9, clock.now - 3600, nil,
            ]
            for (number, (status, check)) in zip(statuses, checks).enumerated() {
                try await owner.execute(
                    """
                    INSERT INTO saga_coordinator.sagas
                        (id, workspace_id, name, key, run, status, input, pivoted, next_seq, version, actor, check_at,
                         started_at, updated_at)
                    VALUES (gen_random_uuid(), gen_random_uuid(), 'errand', \(String(number)), 1, \(status), '{}', false,
                            0, 1, 'test', \(check), now(), now())
                    """)
            }
            #expect(try await values(reading) == [3, 1, 0, 1, 2])
            for pool in [pool, owner] { await pool.close() }
        }
    }

    /// Stuck, diverged, paused, compensating, past their deadline.
    private func values(_ reading: DatabaseGauges.Reading) async throws -> [Double] {
        try await reading.read().map(\.number)
    }
}
