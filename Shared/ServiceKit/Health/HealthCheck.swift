/// One thing the process needs, e.g. Postgres, and how to find out whether it has it.
public struct HealthCheck: Sendable {
    public let name: String
    private let probe: @Sendable () async throws -> Void

    /// The probe throws when the thing is not there; it must end when its task is cancelled.
    public init(_ name: String, probe: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.probe = probe
    }

    func failure(within timeout: Duration) async -> HealthReport.Failure? {
        do {
            try await withThrowingTaskGroup { group in
                group.addTask { try await probe() }
                group.addTask {
                    try await Task.sleep(for: timeout)
                    throw HealthCheckTimeout(description: "no answer within \(timeout)")
                }
                defer { group.cancelAll() }
                try await group.next()
            }
            return nil
        } catch {
            return HealthReport.Failure(check: name, reason: LogRedaction.scrub("\(error)"))
        }
    }
}

struct HealthCheckTimeout: Error, CustomStringConvertible {
    let description: String
}
