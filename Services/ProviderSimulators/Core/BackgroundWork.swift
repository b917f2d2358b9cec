import ServiceLifecycle

/// Runs what providers do by themselves: webhook deliveries, delayed effects.
///
/// Jobs run at once and independently; on graceful shutdown they are cancelled, as a provider's retries would simply
/// be lost to us if it went away.
struct BackgroundWork: Service {
    typealias Job = @Sendable () async -> Void

    // LIMIT: more waiting jobs than any load test makes; beyond it new jobs are dropped rather than memory filled.
    private static let waitingMax = 200_000

    private let jobs: AsyncStream<Job>
    private let continuation: AsyncStream<Job>.Continuation

    init() {
        (jobs, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.waitingMax))
    }

    func submit(_ job: @escaping Job) {
        continuation.yield(job)
    }

    func run() async {
        await withDiscardingTaskGroup { group in
            for await job in jobs.cancelOnGracefulShutdown() {
                group.addTask { await job() }
            }
            group.cancelAll()
        }
    }
}
