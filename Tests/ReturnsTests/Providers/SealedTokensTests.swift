import Commerce
import Foundation
import Logging
import Postgres
import Providers
import Schema
import ServiceKit
import Support
import Synchronization
import Testing

@testable import Returns

@Suite("Keys to the books", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct SealedTokensTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let workspaceID = WorkspaceID()

    private func run(_ test: (PostgresPool, any QuickBooksTokenStore) async throws -> Void) async throws {
        let url = ServiceBench.url ?? ""
        _ = try await Migrator(url: url, logger: Self.logger).apply(SchemaCatalog.all)
        let login = try await ServiceLogin.url(url, as: "stateset_returns", schema: "returns")
        let pool = PostgresPool(
            try PostgresConfiguration(url: login, applicationName: "test", poolSize: 4), logger: Self.logger)
        let secrets = SecretBox(try SecretKeys(parsing: "k1:AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="))
        do {
            try await test(pool, SealedQuickBooksTokens(pool: pool, secrets: secrets).of(workspaceID))
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }

    private func tokens(_ name: String) -> QuickBooksTokens {
        QuickBooksTokens(
            accessToken: "access-\(name)", refreshToken: "refresh-\(name)",
            expiresAt: Date(timeIntervalSince1970: 1_800_000_000))
    }

    @Test("of many that find the keys expired one renews, and all get what it got")
    func oneRenewal() async throws {
        try await run { _, store in
            let renewals = Mutex<[String?]>([])
            let renew: @Sendable (QuickBooksTokens?) async throws -> QuickBooksTokens = { stale in
                try await store.renew(realm: "1", replacing: stale) { refreshToken in
                    let count = renewals.withLock { renewals in
                        renewals.append(refreshToken)
                        return renewals.count
                    }
                    return tokens("\(count)")
                }
            }
            let first = try await all(20) { try await renew(nil) }
            #expect(first.allSatisfy { $0 == tokens("1") })
            let second = try await all(20) { try await renew(tokens("1")) }
            #expect(second.allSatisfy { $0 == tokens("2") })
            #expect(renewals.withLock { $0 } == [nil, "refresh-1"])
            #expect(try await store.tokens(ofRealm: "1") == tokens("2"))
        }
    }

    @Test("a renewal that fails lets the next one try")
    func failed() async throws {
        try await run { _, store in
            await #expect(throws: ProviderFailure.self) {
                try await store.renew(realm: "1", replacing: nil) { _ in
                    throw ProviderFailure.transient(code: "down", message: "down", retryAfter: nil)
                }
            }
            let renewed = try await store.renew(realm: "1", replacing: nil) { _ in tokens("1") }
            #expect(renewed == tokens("1"))
        }
    }

    @Test("a renewal that was overtaken keeps the newer keys")
    func overtaken() async throws {
        try await run { pool, store in
            let slow = try await store.renew(realm: "1", replacing: nil) { _ in
                try await pool.execute(
                    "UPDATE quickbooks_tokens SET lease_until = now() - interval '1 second' WHERE realm_id = '1'",
                    workspace: workspaceID.uuid)
                _ = try await store.renew(realm: "1", replacing: nil) { _ in tokens("newer") }
                return tokens("older")
            }
            #expect(slow == tokens("newer"))
            #expect(try await store.tokens(ofRealm: "1") == tokens("newer"))
        }
    }

    @Test("what lies in the table tells nothing")
    func sealed() async throws {
        try await run { pool, store in
            _ = try await store.renew(realm: "1", replacing: nil) { _ in tokens("1") }
            let rows = try await pool.query(
                "SELECT encode(sealed, 'escape') AS text FROM quickbooks_tokens", workspace: workspaceID.uuid)
            #expect(try rows[0]("text", as: String.self).contains("refresh") == false)
        }
    }

    private func all<Value: Sendable>(
        _ count: Int, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value.self) { group in
            for _ in 0..<count { group.addTask { try await work() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
