import Commerce
import HTTPTypes
import Postgres
import ServiceKit
import Testing

@testable import API

@Suite("Who gets in", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct AccessTests {
    @Test(
        "without a key, or with one that does not exist, nobody gets in",
        arguments: [
            nil, "Bearer", "Bearer sk_short", "Basic abc", "Bearer \(KeySecret().reveal())",
        ])
    func unauthorized(header: String?) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.raw(
                .get, "/v1/workspaces/\(bench.workspaceID)/orders", header.map { [.authorization: $0] } ?? [:])
            #expect(answer.status == 401 && answer.code == "unauthorized")
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            #expect(answer.headers[.contentType] == "application/problem+json")
        }
    }

    @Test("a revoked key is refused")
    func revoked() async throws {
        try await APIBench.run { bench in
            let key = KeySecret()
            try await bench.grant(key, role: "owner")
            try await bench.owner.execute(
                "UPDATE platform.api_keys SET revoked_at = now() WHERE secret_hash = \(key.hash)")
            #expect(try await bench.get("/orders", key: key).status == 401)
        }
    }

    @Test("another workspace is not found, whatever the key may do in its own")
    func otherWorkspace() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            #expect(try await bench.get("/orders", key: bench.otherKey).status == 404)
            #expect(try await bench.get("/orders", key: bench.otherKey, in: bench.otherWorkspaceID).data.isEmpty)
            let path = "/orders/\(order.id)"
            #expect(try await bench.get(path, key: bench.otherKey, in: bench.otherWorkspaceID).status == 404)
            #expect(try await bench.get(path).status == 200)
        }
    }

    @Test(
        "no list of one workspace shows a row of another",
        arguments: [
            "/orders", "/sagas", "/received", "/dead-letters", "/audit", "/schedules", "/returns", "/tickets",
        ])
    func listsAreApart(path: String) async throws {
        try await APIBench.run { bench in
            try await bench.insertOrder()
            try await bench.insertSaga()
            _ = try await bench.deadLetter()
            try await bench.insertTicket(of: bench.insertReturn().id)
            let seen = try await bench.get(path, key: bench.otherKey, in: bench.otherWorkspaceID)
            #expect(seen.status == 200 && seen.data.isEmpty)
        }
    }

    @Test("a key without the scope is refused, and told which it lacks")
    func scopes() async throws {
        try await APIBench.run { bench in
            let reader = KeySecret()
            try await bench.grant(reader, role: "custom", scopes: ["orders:read"])
            #expect(try await bench.get("/orders", key: reader).status == 200)
            let refused = try await bench.get("/sagas", key: reader)
            #expect(refused.status == 403 && refused.code == "missing_scope")
            #expect(refused.json["detail"]?.string?.contains("sagas:read") == true)
        }
    }

    @Test("a role that only reads changes nothing")
    func readOnly() async throws {
        try await APIBench.run { bench in
            let reader = KeySecret()
            try await bench.grant(reader, role: "read_only")
            let order = try await bench.insertOrder()
            #expect(try await bench.get("/orders/\(order.id)", key: reader).status == 200)
            let verb = try await bench.post("/orders/\(order.id)/hold", #"{"reason":"r"}"#, key: reader)
            #expect(verb.status == 403)
        }
    }

    @Test("an owner holds every scope there is")
    func ownersHoldAll() async throws {
        try await APIBench.run { bench in
            let rows = try await bench.owner.query("SELECT scope FROM platform.role_scopes WHERE role = 'owner'")
            let held = try Set(rows.map { try $0("scope", as: String.self) })
            #expect(held == Set(Scope.allCases.map(\.rawValue)))
        }
    }

    @Test("a path nobody serves is a problem too")
    func unknownPath() async throws {
        try await APIBench.run { bench in
            let answer = try await bench.raw(.get, "/v1/nothing")
            #expect(answer.status == 404 && answer.code == "not_found")
        }
    }
}
