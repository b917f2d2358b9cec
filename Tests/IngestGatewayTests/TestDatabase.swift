import Foundation
import Postgres
import Schema
import Testing

/// The migrated test database, entered as a superuser or as a service is.
///
/// Found through `STATESET_TEST_POSTGRES_URL`, the URL of a superuser.
enum TestDatabase {
    static let url = ProcessInfo.processInfo.environment["STATESET_TEST_POSTGRES_URL"]
    static var isThere: Bool { url != nil }

    /// Past row-level security: what other services have written.
    static func ownerPool() async throws -> PostgresPool {
        try await prepared.value
        return try pool(url ?? "")
    }

    /// Under the service's own role and rights.
    static func servicePool() async throws -> PostgresPool {
        try await prepared.value
        var parts = try #require(URLComponents(string: url ?? ""))
        parts.user = role
        parts.password = password
        return try pool(try #require(parts.string))
    }

    private static let role = "stateset_ingest_gateway"
    private static let password = "only-for-tests"

    /// Once for all tests of this module: two at a time would collide on the role.
    private static let prepared = Task {
        _ = try await Migrator(url: url ?? "", logger: .silent).apply(SchemaCatalog.all)
        let owner = try pool(url ?? "")
        try await owner.execute("ALTER ROLE \(unsafeRaw: role) PASSWORD '\(unsafeRaw: password)'")
        await owner.close()
    }

    private static func pool(_ url: String) throws -> PostgresPool {
        PostgresPool(try PostgresConfiguration(url: url, applicationName: "test", poolSize: 4), logger: .silent)
    }
}
