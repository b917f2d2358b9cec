import Foundation
import Postgres
import Support
import Synchronization
import Testing

/// Servers that crash, stop and change their roles: each test has its own.
@Suite("Failover", .enabled(if: TestServer.isAvailable && PrivateServer.isAvailable), .timeLimit(.minutes(2)))
struct FailoverTrapTests {
    @Test("a server that dies among commits keeps every acknowledged one, and the pool goes on when it is back")
    func diesAmongCommits() async throws {
        try await PrivateServer.with { server in
            let pool = try server.makePool(size: 4)
            try await pool.execute("CREATE TABLE rows (id bigint PRIMARY KEY)")
            let outcomes = Outcomes()
            let enough = Signal()
            try await withThrowingDiscardingTaskGroup { group in
                for writer in 0..<4 {
                    group.addTask { await write(from: writer * 100_000, pool, outcomes, enough) }
                }
                await enough.wait()
                try await server.stop(.immediate)
                outcomes.stop()
            }
            try await server.start()
            let stored = Set(try await pool.query("SELECT id FROM rows").map { try $0(0, as: Int.self) })
            #expect(outcomes.acknowledged.isSubset(of: stored))
            #expect(stored.isSubset(of: outcomes.acknowledged.union(outcomes.unknown)))
            #expect(outcomes.unexpected.isEmpty)
            await pool.close()
        }
    }

    /// What became of each row, as the writers were told.
    private final class Outcomes: Sendable {
        private struct State {
            var acknowledged: Set<Int> = []
            var unknown: Set<Int> = []
            var unexpected: [String] = []
            var isStopped = false
        }

        private let state = Mutex(State())

        var acknowledged: Set<Int> { state.withLock { $0.acknowledged } }
        var unknown: Set<Int> { state.withLock { $0.unknown } }
        var unexpected: [String] { state.withLock { $0.unexpected } }
        var isStopped: Bool { state.withLock { $0.isStopped } }

        func acknowledge(_ id: Int) -> Int {
            state.withLock { state in
                state.acknowledged.insert(id)
                return state.acknowledged.count
            }
        }

        func fail(_ id: Int, _ error: any Error) {
            state.withLock { state in
                switch (error as? PostgresError)?.retryability {
                case .unknownOutcome: state.unknown.insert(id)
                case .retry: break
                case .doNotRetry, nil: state.unexpected.append("\(error)")
                }
            }
        }

        func stop() { state.withLock { $0.isStopped = true } }
    }

    private func write(from first: Int, _ pool: PostgresPool, _ outcomes: Outcomes, _ enough: Signal) async {
        for id in first... {
            if outcomes.isStopped { return }
            do {
                try await pool.transaction { try await $0.execute("INSERT INTO rows VALUES (\(id))") }
                if outcomes.acknowledge(id) == 400 { enough.send() }
            } catch {
                outcomes.fail(id, error)
            }
        }
    }

    @Test("of several hosts the primary is found, and found anew after a failover")
    func failover() async throws {
        try await PrivateServer.with { first in
            try await first.makePool(size: 1).execute("CREATE TABLE rows (id bigint PRIMARY KEY)")
            let second = try await first.makeStandby()
            let hosts = "127.0.0.1:\(second.port),127.0.0.1:\(first.port)"
            let pool = try first.makePool(
                size: 1, url: "postgresql://postgres@\(hosts)/postgres?target_session_attrs=primary")
            let port: SQL = "SELECT inet_server_port()"
            #expect(try await pool.query(port)[0](0) == first.port)
            let attempts = Atomic(0)
            try await pool.transaction { transaction in
                try await transaction.execute("INSERT INTO rows VALUES (1)")
                if attempts.add(1, ordering: .relaxed).newValue == 1 {
                    try await first.stop(.immediate)
                    try await second.promote()
                }
                try await transaction.execute("INSERT INTO rows VALUES (2)")
            }
            #expect(attempts.load(ordering: .relaxed) == 2)
            #expect(try await pool.query(port)[0](0) == second.port)
            #expect(try await pool.query("SELECT count(*) FROM rows")[0](0) == 2)
            await pool.close()
            await second.clear()
        }
    }

    @Test("a standby refuses a write with an error worth another try, and takes it once it is promoted")
    func standby() async throws {
        try await PrivateServer.with { first in
            try await first.makePool(size: 1).execute("CREATE TABLE rows (id bigint PRIMARY KEY)")
            let second = try await first.makeStandby()
            let pool = try second.makePool(size: 1)
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { try await $0.execute("INSERT INTO rows VALUES (1)") }
            }
            #expect(error?.sqlState == "25006")
            #expect(error?.retryability == .retry)
            try await second.promote()
            try await pool.transaction { try await $0.execute("INSERT INTO rows VALUES (1)") }
            await pool.close()
            await second.clear()
        }
    }

    @Test("when one backend crashes the server ends all connections, and transactions under way run again")
    func backendCrash() async throws {
        try await PrivateServer.with { server in
            let pool = try server.makePool(size: 1)
            let other = try server.makePool(size: 1)
            try await pool.execute("CREATE TABLE rows (id bigint PRIMARY KEY)")
            let victim = try await other.backend()
            let attempts = Atomic(0)
            try await pool.transaction { transaction in
                try await transaction.execute("INSERT INTO rows VALUES (1)")
                if attempts.add(1, ordering: .relaxed).newValue == 1 {
                    kill(Int32(victim), SIGKILL)
                    // Recovered once a fresh connection is served.
                    try await until { await other.isHealthy }
                }
                try await transaction.execute("INSERT INTO rows VALUES (2)")
            }
            #expect(attempts.load(ordering: .relaxed) == 2)
            #expect(try await pool.query("SELECT count(*) FROM rows")[0](0) == 2)
            await pool.close()
            await other.close()
        }
    }

    @Test("a server that takes no log-in for now (57P03) is worth another try, and served once it is back")
    func goingDown() async throws {
        try await PrivateServer.with { server in
            let holder = try server.makePool(size: 1)
            let pool = try server.makePool(size: 1)
            try await holder.ping()
            try await server.beginStopping()
            let refused = Mutex<PostgresError?>(nil)
            try await until {
                // Until the server has heard of it, it takes connections, which then stay.
                let late = try server.makePool(size: 1)
                do { try await late.ping() } catch let error as PostgresError { refused.withLock { $0 = error } }
                await late.close()
                return refused.withLock { $0 != nil }
            }
            let error = refused.withLock { $0 }
            #expect(error?.sqlState == "57P03" && error?.code == .unreachable && error?.retryability == .retry)
            #expect(await !pool.isHealthy)
            await holder.close()
            try? await server.stop(.fast)
            try await server.start()
            #expect(await pool.isHealthy)
            await pool.close()
        }
    }

    @Test("verify-full refuses a server whose certificate or name is not trusted; the library's default takes any")
    func tls() async throws {
        let certificates = try await TestCertificates.make(for: "localhost")
        let stranger = try await TestCertificates.make(for: "localhost")
        try await PrivateServer.with { server in
            try await server.stop(.fast)
            for (file, name) in [(certificates.certificate, "server.crt"), (certificates.key, "server.key")] {
                try await server.place(file, as: name)
            }
            try await server.start(["ssl": "on"])
            func answers(_ host: String, _ parameters: String) async throws -> Bool {
                let pool = try server.makePool(
                    size: 1, url: "postgresql://postgres@\(host):\(server.port)/postgres?\(parameters)")
                let isHealthy = await pool.isHealthy
                await pool.close()
                return isHealthy
            }
            let trusted = "sslmode=verify-full&sslrootcert=\(certificates.authority)"
            #expect(try await answers("localhost", trusted))
            #expect(try await !answers("localhost", "sslmode=verify-full&sslrootcert=\(stranger.authority)"))
            #expect(try await answers("localhost", "sslmode=prefer"))
            // Without a password there is no channel to bind: a server that asks for none is not believed.
            #expect(try await !answers("localhost", trusted + "&channel_binding=require"))
        }
        for made in [certificates, stranger] { made.remove() }
    }
}
