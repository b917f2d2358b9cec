import Commerce
import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// Fires due timers: any replica may, each timer fires once (its message at least once).
public struct TimerLoop: Service {
    private let outbox: TransactionalOutbox
    private let logger: Logger

    // LIMIT: one transaction of 200 timers takes milliseconds and keeps the claim short for other replicas.
    private static let batch = 200
    /// How long to wait while nothing is due: twice as long after each look in vain.
    private static let pauseMin = Duration.milliseconds(5)
    private static let pauseMax = Duration.milliseconds(500)

    public init(outbox: TransactionalOutbox, logger: Logger) {
        self.outbox = outbox
        self.logger = logger
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var pause = Self.pauseMax
            while !Task.isCancelled {
                let fired = await fireDue()
                pause = fired > 0 ? Self.pauseMin : min(pause * 2, Self.pauseMax)
                if fired < Self.batch { try? await Task.sleep(for: pause) }
            }
        }
    }

    private func fireDue() async -> Int {
        do {
            let now = outbox.clock.now
            let messages = try await outbox.pool.transaction { database in
                let messages = try await TimerStore.fire(dueBy: now, limit: Self.batch, in: database)
                if !messages.isEmpty { KillPoint.timersClaimed.reach() }
                return messages
            }
            outbox.relay.publishSoon(messages)
            return messages.count
        } catch {
            logger.warning("timers will be tried again", metadata: ["error": "\(error)"])
            return 0
        }
    }
}
