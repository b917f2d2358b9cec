import Foundation
import Postgres
import Testing

@Suite("Servers that cannot be reached")
struct UnreachableTests {
    private func failure(_ url: String, _ connectTimeout: Duration = .seconds(5)) async throws -> PostgresError? {
        var configuration = try PostgresConfiguration(url: url, applicationName: "test", poolSize: 1)
        configuration.connectTimeout = connectTimeout
        let pool = PostgresPool(configuration, logger: TestServer.logger)
        let error = await #expect(throws: PostgresError.self) { try await pool.ping() }
        #expect(await pool.isHealthy == false)
        await pool.close()
        return error
    }

    @Test("a port nobody listens on can be tried again")
    func refused() async throws {
        let error = try await failure("postgres://127.0.0.1:1/none")
        #expect(error?.code == .unreachable)
        #expect(error?.retryability == .retry)
    }

    @Test("a server that never answers is given up after the connect timeout")
    func silent() async throws {
        let server = try #require(FakeServer())
        defer { withExtendedLifetime(server) {} }
        let error = try await failure(server.url, .milliseconds(50))
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains("connect timeout") == true)
    }

    @Test("a server that falls silent after the log-in is given up, and what it was asked is unknown")
    func silentAfterLogin() async throws {
        let server = try #require(FakeServer())
        defer { withExtendedLifetime(server) {} }
        var configuration = try PostgresConfiguration(url: server.url, applicationName: "test", poolSize: 1)
        configuration.statementTimeout = .milliseconds(10)
        configuration.silenceTimeout = .milliseconds(10)
        let pool = PostgresPool(configuration, logger: TestServer.logger)
        server.acceptLogins(3)
        let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
        #expect(error?.code == .commitUnknown)
        #expect(error?.message == "the server did not answer in time")
        let loss = await #expect(throws: PostgresError.self) {
            try await pool.transaction { try await $0.execute("SELECT 1") }
        }
        #expect(loss?.retryability == .retry)
        await pool.close()
    }

    @Test("a database that does not exist is not worth another try", .enabled(if: TestServer.isAvailable))
    func missingDatabase() async throws {
        var components = try #require(TestServer.url.flatMap { URLComponents(string: $0) })
        components.path = "/no_such_database"
        let error = try await failure(try #require(components.string))
        #expect(error?.sqlState == "3D000")
        #expect(error?.retryability == .doNotRetry)
    }
}
