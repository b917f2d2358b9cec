import Testing

@testable import Postgres

@Suite("The configuration")
struct ConfigurationTests {
    @Test("a malformed URL is refused without showing it")
    func malformed() {
        let error = #expect(throws: PostgresError.self) {
            try PostgresConfiguration(url: "postgres://user:hunter2@[", applicationName: "test")
        }
        #expect(error?.code == .configuration)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test("a description shows nothing of the URL")
    func description() throws {
        let configuration = try PostgresConfiguration(url: "postgres://user:hunter2@db/app", applicationName: "test")
        #expect(!"\(configuration)".contains("hunter2"))
    }

    @Test(
        "a connection to another machine is unprotected unless the URL states a mode",
        arguments: [
            ("postgres://ana@db.example.com/app", true),
            ("postgres://ana@127.0.0.1.example.com/app", true),
            ("postgres://ana@127.0.0.1:5432,10.0.0.7:5432/app", true),
            ("postgres://ana@localhost/app?hostaddr=10.0.0.7", true),
            ("host=db dbname=app", true),
            ("postgres://ana@db.example.com/app?sslmode=verify-full", false),
            ("postgres://ana@db.example.com/app?sslmode=disable", false),
            ("postgres://ana@127.0.0.1:5432/app", false),
            ("postgres://ana@[::1]:5432/app", false),
            ("postgres://ana@localhost/app", false),
            ("postgres://ana@%2Frun%2Fpostgresql/app", false),
            ("postgres:///app", false),
        ])
    func unprotected(url: String, isUnprotected: Bool) throws {
        #expect(try PostgresConfiguration(url: url, applicationName: "test").isUnprotected == isUnprotected)
    }

    @Test("time limits reach the server as milliseconds, and zero as no limit")
    func limits() throws {
        var configuration = try PostgresConfiguration(url: "postgres://db/app", applicationName: "test")
        configuration.statementTimeout = .milliseconds(1_500)
        configuration.lockTimeout = .zero
        let options = configuration.parameters.first { $0.name == "options" }?.value ?? ""
        #expect(options.contains("statement_timeout=1500"))
        #expect(options.contains("lock_timeout=0"))
    }
}
