import Commerce
import Foundation
import Logging
import ServiceLifecycle

/// Deletes what has been kept long enough, in batches, so that no transaction is long.
///
/// Any number of replicas may run it. A chore that fails is tried again with the next round.
public struct Housekeeping: Service {
    /// One table's retention.
    public struct Chore: Sendable {
        let name: String
        /// Deletes at most so many rows and returns how many it deleted.
        let deleteBatch: @Sendable (_ limit: Int) async throws -> Int

        public init(_ name: String, deleteBatch: @escaping @Sendable (_ limit: Int) async throws -> Int) {
            self.name = name
            self.deleteBatch = deleteBatch
        }
    }

    private let chores: [Chore]
    private let logger: Logger
    private let sleep: @Sendable (Duration) async throws -> Void

    // LIMIT: a delete of that many rows takes milliseconds.
    static let batchMax = 1_000
    /// LIMIT: retention is counted in days; a quarter of an hour more or less does not matter.
    private static let interval = Duration.minutes(15)
    /// Between two batches, so that a backlog does not crowd out the work of the day.
    private static let pause = Duration.milliseconds(50)

    public init(
        _ chores: [Chore], logger: Logger,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.chores = chores
        self.logger = logger
        self.sleep = sleep
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Replicas that were started together part from each other.
                try? await sleep(Self.interval * Double.random(in: 0.8...1.2))
                for chore in chores where !Task.isCancelled { await carryOut(chore) }
            }
        }
    }

    /// Deletes batch after batch until nothing is left that is old enough.
    func carryOut(_ chore: Chore) async {
        var deleted = 0
        do {
            while !Task.isCancelled {
                let count = try await chore.deleteBatch(Self.batchMax)
                deleted += count
                guard count == Self.batchMax else { break }
                try await sleep(Self.pause)
            }
        } catch {
            logger.warning(
                "old rows will be deleted later", metadata: ["chore": "\(chore.name)", "error": "\(error)"])
        }
        if deleted > 0 { logger.info("old rows deleted", metadata: ["chore": "\(chore.name)", "rows": "\(deleted)"]) }
    }
}
