import Commerce
import Contracts
import Messaging
import Postgres

extension Endpoint {
    static func exportSaga(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/sagas/{id}/history", .sagasRead,
            .show("exportSaga", "All that is recorded of the saga's current run, to be kept or imported", "SagaHistory")
        ) { request in
            let id = try request.id(SagaID.self)
            guard let history = try await SagaHistoryReader.find(id, in: request.workspaceID, pool) else {
                throw Problem.notFound
            }
            return .ok(history)
        }
    }

    static func importSaga(_ verbs: SagaVerbs) -> Endpoint {
        let operation = Operation(
            id: "importSaga", summary: "Puts an exported history here as a paused saga", body: "SagaImport",
            answers: [201: "SagaDetail", 202: "PendingSaga"])
        return .post("/sagas/import", .sagasWrite, operation) { request in try await verbs.importHistory(request) }
    }
}

extension SagaVerbs {
    // LIMIT: a message holds 1 MiB; its envelope and the quoting of the text need the rest.
    private static let historyBytesMax = 1_000_000

    private struct Import: Decodable {
        var history: JSON
        var reason: String
    }

    /// Failure: 409 `exists`; 422 `bad_history`.
    func importHistory(_ request: APIRequest) async throws -> APIAnswer {
        let body = try request.decode(Import.self)
        guard let name = body.history["saga"]?["name"]?.string, let key = body.history["saga"]?["key"]?.string else {
            throw Problem.invalid(
                "history", "It is not a history as the API gives it: saga.name and saga.key are missing.")
        }
        let command = ImportSaga(history: body.history.text, reason: try ReasonBody.checked(body.reason))
        guard try RawJSON(encoding: command).bytes.count <= Self.historyBytesMax else {
            throw Problem(413, "oversize", "The history is larger than a message may be.", field: "history")
        }
        switch try await sender.send(command, subject: key, for: request) {
        case .refused(let refusal): throw Problem(refusal, allowed: [])
        case .accepted(let reply): return try await imported(try reply.decode(), request)
        case .pending:
            return .pending(["id": nil, "name": .string(name), "key": .string(key), "status": "pending"])
        }
    }

    private func imported(_ reply: ImportSaga.Reply, _ request: APIRequest) async throws -> APIAnswer {
        guard let saga = try await SagaReader.find(reply.id, in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        let path = request.path.replacing("/import", with: "/\(saga.id)")
        return .created(saga.detail(asOf: sender.outbox.clock.now), at: path)
    }
}
