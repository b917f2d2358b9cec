import Commerce
import Foundation
import Postgres
import Testing

@testable import ServiceKit

@Suite("Provider settings", .enabled(if: TestDatabase.url != nil))
struct ProviderSettingsTests {
    struct DCL: Codable, Equatable, Sendable {
        var baseURL: String
        var password: String
        var retries: Int?

        enum CodingKeys: String, CodingKey {
            case password, retries
            case baseURL = "base_url"
        }
    }

    let keys = "k1:" + Data((0..<32).map { $0 }).base64EncodedString()

    @Test("what was saved is read as the client's type, secrets among it, and is encrypted at rest")
    func saveAndRead() async throws {
        try await TestDatabase.run { pool, workspace in
            let store = try makeStore(pool)
            try await save(["base_url": "http://dcl", "password": "hunter2"], in: store, workspace)
            let settings: DCL = try await store.settings(provider: "dcl", workspace: workspace)
            #expect(settings == DCL(baseURL: "http://dcl", password: "hunter2"))
            let rows = try await pool.query(
                "SELECT t::text AS whole FROM platform.provider_settings t WHERE workspace_id = \(workspace.uuid)",
                workspace: workspace.uuid)
            let row = try #require(rows.first)
            let whole = try row("whole", as: String.self)
            #expect(whole.contains("http://dcl"))
            #expect(!whole.contains("hunter2"))
        }
    }

    @Test("a change keeps what it does not name, a null removes a field, and the change is read at once")
    func merging() async throws {
        try await TestDatabase.run { pool, workspace in
            let store = try makeStore(pool)
            try await save(["base_url": "http://a", "password": "p", "retries": .number(3)], in: store, workspace)
            _ = try await store.settings(DCL.self, provider: "dcl", workspace: workspace)
            try await save(["base_url": "http://b", "retries": .null], in: store, workspace)
            let settings: DCL = try await store.settings(provider: "dcl", workspace: workspace)
            #expect(settings == DCL(baseURL: "http://b", password: "p"))
            try await save(["password": "q"], in: store, workspace)
            let summary = try #require(try await store.list(workspace: workspace).first)
            #expect(summary.provider == "dcl")
            #expect(summary.settings == ["base_url": "http://b"])
            #expect(summary.secretNames == ["password"])
        }
    }

    @Test("missing, incomplete and undecipherable settings are told apart, in words")
    func errors() async throws {
        try await TestDatabase.run { pool, workspace in
            let store = try makeStore(pool)
            let missing = await #expect(throws: ProviderSettingsError.self) {
                try await store.settings(DCL.self, provider: "dcl", workspace: workspace)
            }
            #expect(
                missing?.description
                    == "provider 'dcl' is not configured for \(workspace): stateset providers set dcl …")

            try await save(["password": "hunter2"], in: store, workspace)
            let incomplete = await #expect(throws: ProviderSettingsError.self) {
                try await store.settings(DCL.self, provider: "dcl", workspace: workspace)
            }
            #expect(incomplete?.code == .malformed)
            #expect(incomplete?.description.contains("base_url is missing") == true)
            #expect(incomplete?.description.contains("hunter2") == false)

            let other = ProviderSettingsStore(
                pool: pool, keys: try SecretKeys(parsing: "k2:" + keys.split(separator: ":")[1]))
            let unreadable = await #expect(throws: ProviderSettingsError.self) {
                try await other.settings(DCL.self, provider: "dcl", workspace: workspace)
            }
            #expect(unreadable?.code == .unreadableSecrets)
            #expect(unreadable?.description.contains("key 'k1'") == true)
        }
    }

    @Test("another workspace sees nothing of it")
    func tenants() async throws {
        try await TestDatabase.run { pool, workspace in
            let store = try makeStore(pool)
            try await save(["base_url": "http://a", "password": "p"], in: store, workspace)
            #expect(try await store.list(workspace: WorkspaceID()).isEmpty)
            let foreign = await #expect(throws: ProviderSettingsError.self) {
                try await store.settings(DCL.self, provider: "dcl", workspace: WorkspaceID())
            }
            #expect(foreign?.code == .notConfigured)
        }
    }

    private func makeStore(_ pool: PostgresPool) throws -> ProviderSettingsStore {
        ProviderSettingsStore(pool: pool, keys: try SecretKeys(parsing: keys))
    }

    private func save(
        _ changes: JSONValue, in store: ProviderSettingsStore, _ workspace: WorkspaceID
    ) async throws {
        try await store.save(changes, secretNames: ["password"], provider: "dcl", workspace: workspace, at: .now)
    }
}
