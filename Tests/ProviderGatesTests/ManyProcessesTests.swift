import Commerce
import Foundation
import Support
import Testing

/// Three processes that share one workspace's account.
@Suite("Gate: three processes", .enabled(if: TestDatabase.isThere && SimulatorProcess.folder != nil))
struct ManyProcessesTests {
    private func load(
        _ database: String, _ workspace: WorkspaceID, _ provider: String, _ settings: [UInt8], bulk: Int
    ) async throws -> [JSON] {
        try await withThrowingTaskGroup(of: JSON.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    try await LoadProcess.run([
                        database, "\(workspace)", provider, String(decoding: settings, as: UTF8.self), "\(bulk)", "8",
                        "250",
                    ])
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    // WHY: what bulk leaves of the burst takes up what a call is late by; at ten a second that is a second, which a busy
    // machine needs. At the shop's two it is five.
    @Test("400 calls to a provider that allows 10 a second with bursts of 40 are never one too many")
    func rate() async throws {
        let simulators = try await SimulatorProcess(limits: [
            "STATESET_SIM_SHOPIFY_BUCKET": "40", "STATESET_SIM_SHOPIFY_LEAK": "10",
        ])
        let settings = simulators.settings("shopify", #","calls_per_second":10,"calls_burst":40"#)
        try await expectNoneTurnedAway(simulators, "shopify", settings, bulk: 125)
        await simulators.end()
    }

    @Test("NetSuite's five at once are never six")
    func concurrency() async throws {
        let simulators = try await SimulatorProcess(limits: [:])
        try await simulators.control(
            "POST", "/_sim/faults", #"{"provider":"netsuite","mode":"delay","delay_ms":60,"times":-1}"#)
        try await expectNoneTurnedAway(simulators, "netsuite", simulators.settings("netsuite"), bulk: 60)
        await simulators.end()
    }

    private func expectNoneTurnedAway(
        _ simulators: SimulatorProcess, _ provider: String, _ settings: [UInt8], bulk: Int
    ) async throws {
        try await TestDatabase.run(roles: ["stateset_tracking"]) { _, workspace in
            let database = try await ServiceLogin.url(
                TestDatabase.url ?? "", as: "stateset_tracking", schema: "public")
            let seen = try await load(database, workspace, provider, settings, bulk: bulk)
            #expect(seen.map(\.calls.int) == Array(repeating: bulk + 8, count: 3))
            #expect(seen.map(\.turnedAway.int) == [0, 0, 0])
            #expect(seen.map(\.failed.int) == [0, 0, 0])
            #expect(seen.contains { ($0.postponed.int ?? 0) > 0 }, "the load was to be more than the account takes")
            for process in seen {
                let (customers, bulk) = (process.customerSecondsMax.number ?? .infinity, process.bulkSecondsMax.number)
                #expect(customers < bulk ?? 0, "customers waited \(customers) s, and bulk \(bulk ?? 0) s")
            }
            let journal = try await simulators.control("GET", "/_sim/journal?provider=\(provider)").data.array
            #expect(journal.filter { $0.status.int == 429 }.isEmpty)
        }
    }
}

/// `GateLoad`, run to its end.
private enum LoadProcess {
    static func run(_ arguments: [String]) async throws -> JSON {
        let process = Process()
        process.executableURL = URL(filePath: SimulatorProcess.folder ?? "").appending(path: "GateLoad")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        let ended = AsyncStream<Void> { stream in process.terminationHandler = { _ in stream.finish() } }
        try process.run()
        for await _ in ended {}
        return try JSON(parsing: Array(output.fileHandleForReading.readDataToEndOfFile()))
    }
}
