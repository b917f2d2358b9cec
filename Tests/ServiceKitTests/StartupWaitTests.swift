import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import ServiceKit

@Suite("Waiting at start")
struct StartupWaitTests {
    @Test("goes on once everything answers, pausing longer each time")
    func comesUp() async throws {
        let failures = Mutex(12)
        let pauses = Mutex<[Duration]>([])
        let check = HealthCheck("postgres") {
            let isDown = failures.withLock { count in
                count -= 1
                return count >= 0
            }
            if isDown { throw HealthTests.Down() }
        }
        var wait = StartupWait(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        wait.sleep = { pause in pauses.withLock { $0.append(pause) } }
        #expect(try await wait.until([check]))
        let all = pauses.withLock { $0 }
        #expect(all.count == 12)
        #expect(all[0] < .milliseconds(250))
        #expect(all[1] > all[0])
        #expect(all.allSatisfy { $0 <= .seconds(6) })
    }

    @Test("ends when the process is asked to stop")
    func stopped() async throws {
        let (waiting, isWaiting) = AsyncStream.makeStream(of: Void.self)
        let result = Mutex<Bool?>(nil)
        let service = Waiting { logger in
            var wait = StartupWait(logger: logger)
            wait.sleep = { _ in
                isWaiting.yield()
                try await Task.sleep(for: .seconds(3600))
            }
            let isUp = try await wait.until([HealthCheck("broker") { throw HealthTests.Down() }])
            result.withLock { $0 = isUp }
        }
        let group = ServiceGroup(services: [service], logger: service.logger)
        async let run: Void = group.run()
        for await _ in waiting { break }
        await group.triggerGracefulShutdown()
        try await run
        #expect(result.withLock { $0 } == false)
    }

    struct Waiting: Service {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let body: @Sendable (Logger) async throws -> Void

        init(_ body: @escaping @Sendable (Logger) async throws -> Void) { self.body = body }

        func run() async throws { try await body(logger) }
    }
}
