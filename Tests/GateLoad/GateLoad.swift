import Commerce
import Foundation
import HTTPTransport
import Logging
import Postgres
import ProviderGates
import Providers

/// A process that wants many calls to one account at once, as a service under load does, and comes back when it is sent
/// away, as a timer would. It prints one JSON line of what it saw.
@main
struct GateLoad {
    static func main() async throws {
        let plan = try Plan(CommandLine.arguments)
        let logger = Logger(label: "gate-load") { _ in SwiftLogNoOpLogHandler() }
        let pool = PostgresPool(
            try PostgresConfiguration(url: plan.database, applicationName: "gate-load"), logger: logger)
        let gate = ProviderGates(pool: pool, logger: logger).gate(of: plan.workspaceID)
        let caller = try Caller(plan, gate: gate, http: CurlHTTPClient())
        let calls = await withTaskGroup(of: Call.self) { group in
            for index in 0..<plan.bulk { group.addTask { await caller.call(.bulk, index) } }
            for index in 0..<plan.customers {
                group.addTask {
                    // WHY: one after the other, while the bulk of all processes waits.
                    try? await ContinuousClock().sleep(for: plan.pause * (index + 1))
                    return await caller.call(.customer, index)
                }
            }
            var calls: [Call] = []
            for await call in group { calls.append(call) }
            return calls
        }
        FileHandle.standardOutput.write(try JSONEncoder().encode(Summary(calls)) + Data("\n".utf8))
        await pool.close()
    }
}

/// What the process is told.
struct Plan: Sendable {
    let database: String
    let workspaceID: WorkspaceID
    let provider: String
    /// JSON, as `providers set --stdin` takes it.
    let settings: [UInt8]
    let bulk: Int
    let customers: Int
    let pause: Duration

    struct Wrong: Error {}

    init(_ arguments: [String]) throws {
        guard arguments.count == 8, let workspace = WorkspaceID(arguments[2]), let bulk = Int(arguments[5]),
            let customers = Int(arguments[6]), let pause = Int(arguments[7])
        else { throw Wrong() }
        database = arguments[1]
        workspaceID = workspace
        provider = arguments[3]
        settings = Array(arguments[4].utf8)
        self.bulk = bulk
        self.customers = customers
        self.pause = .milliseconds(pause)
    }
}
