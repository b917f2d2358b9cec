import Commerce
import Foundation
import Messaging
import Postgres
import ServiceKit

extension Endpoint {
    static func createKey(_ create: KeyCreation) -> Endpoint {
        .post("/keys", .keysWrite, operation) { request in try await create(request) }
    }

    private static var operation: Operation {
        Operation(
            id: "createKey", summary: "Makes an API key; the key itself is shown this once", body: "KeyCreation",
            answers: [201: "KeyWithSecret"])
    }
}

/// Makes a key that may do at most what the caller may.
struct KeyCreation: Sendable {
    let outbox: TransactionalOutbox

    private struct Body: Decodable {
        var name: String
        var role: String?
        var scopes: [String]?
        var principal: String?
    }

    /// A role without scopes of its own: the key has exactly those it is given.
    private static let customRole = "custom"

    func callAsFunction(_ request: APIRequest) async throws -> APIAnswer {
        let body = try request.decode(Body.self)
        guard !body.name.isEmpty else { throw Problem.invalid("name", "It must not be empty.") }
        let secret = KeySecret()
        let key = try await outbox.transaction(request.context) { transaction in
            let key = KeyStore.Key(
                id: KeyID(), name: body.name, principal: body.principal ?? "machine:\(body.name)",
                role: body.role ?? Self.customRole, scopes: body.scopes ?? [], createdAt: transaction.now)
            try await check(key, request.caller, in: transaction.database)
            try await KeyStore.insert(
                key, hash: secret.hash, workspaceID: request.workspaceID, in: transaction.database)
            try await transaction.audit(
                AuditEntry(
                    action: "key.create", subject: key.id.description, reason: nil,
                    after: RawJSON(text: key.json.text)))
            return key
        }
        var answer = APIAnswer.created(
            key.json.adding([.init(name: "key", value: .string(secret.reveal()))]), at: "\(request.path)/\(key.id)")
        answer.repeatBody = key.json.adding([.init(name: "key", value: nil)])
        return answer
    }

    /// Failure: 422 for a role or scope that does not exist, 403 for one that is beyond the caller's.
    private func check(_ key: KeyStore.Key, _ caller: Caller, in database: PostgresTransaction) async throws {
        guard let scopesOfRole = try await KeyStore.scopes(ofRole: key.role, in: database) else {
            throw Problem.invalid("role", "There is no role '\(key.role)'.")
        }
        if let unknown = key.scopes.first(where: { Scope(rawValue: $0) == nil }) {
            throw Problem.invalid("scopes", "There is no scope '\(unknown)'.")
        }
        let beyond = Set(scopesOfRole + key.scopes).subtracting(caller.scopes).sorted()
        guard beyond.isEmpty else {
            throw Problem(403, "beyond_own_scopes", "Your key lacks: \(beyond.joined(separator: ", ")).")
        }
    }
}
