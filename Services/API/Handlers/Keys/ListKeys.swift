import Postgres

extension Endpoint {
    static func listKeys(_ pool: PostgresPool) -> Endpoint {
        .get("/keys", .keysRead, .list("listKeys", "API keys, newest first", [], of: "Key")) { request in
            let page = try await KeyStore.list(PageRequest(request.query), in: request.workspaceID, pool)
            return .ok(page.json(\.json))
        }
    }
}

extension KeyStore.Key {
    /// Never with the key itself.
    var json: JSON {
        [
            "id": .id(id),
            "name": .string(name),
            "principal": .string(principal),
            "role": .string(role),
            "scopes": .strings(scopes),
            "created_at": .time(createdAt),
            "last_used_at": .time(lastUsedAt),
            "revoked_at": .time(revokedAt),
        ]
    }
}
