import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

extension Endpoint {
    /// Starting is idempotent by name and key: a saga that exists is answered with 200 as it is.
    static func startSaga(_ start: SagaStart) -> Endpoint {
        .post("/sagas", .sagasWrite, operation) { request in try await start(request) }
    }

    private static var operation: Operation {
        Operation(
            id: "startSaga", summary: "Starts a saga, or finds the one with this name and key",
            query: [
                .init(
                    name: "wait", description: "Answer when the saga has ended or is stuck, at most so long later.",
                    schema: ["type": "string", "format": "duration", "examples": ["PT30S"]])
            ],
            body: "SagaStart", answers: [200: "SagaDetail", 201: "SagaDetail", 202: "PendingSaga"])
    }
}

/// Starts a saga, and waits for its outcome where the caller wants to.
struct SagaStart: Sendable {
    let pool: PostgresPool
    let sender: CommandSender

    /// LIMIT: proxies give up on longer requests.
    private static let waitMax = Duration.seconds(60)

    private struct Body: Decodable {
        var name: String
        var key: String
        var input: JSON?
    }

    func callAsFunction(_ request: APIRequest) async throws -> APIAnswer {
        let wait = min(try request.query.duration("wait") ?? .zero, Self.waitMax)
        let body = try request.decode(Body.self)
        let input = body.input ?? [:]
        guard !body.name.isEmpty else { throw Problem.invalid("name", "It must not be empty.") }
        guard !body.key.isEmpty else { throw Problem.invalid("key", "It must not be empty.") }
        guard input.isObject else { throw Problem.invalid("input", "It must be an object.") }
        let command = StartSaga(saga: body.name, key: body.key, input: input.text)
        switch try await sender.send(command, subject: body.key, for: request) {
        case .refused(let refusal): throw Problem(refusal, allowed: [])
        case .accepted(let reply): return try await started(try reply.decode(), wait, request)
        case .pending: return try await pending(body, request)
        }
    }

    private func started(
        _ reply: StartSaga.Reply, _ wait: Duration, _ request: APIRequest
    ) async throws -> APIAnswer {
        guard let saga = try await saga(reply.id, waitingUpTo: wait, in: request.workspaceID) else {
            throw Problem.notFound
        }
        guard reply.started else { return .ok(detail(saga)) }
        return .created(detail(saga), at: "\(request.path)/\(saga.id)")
    }

    private func detail(_ saga: SagaRecord) -> JSON { saga.detail(asOf: sender.outbox.clock.now) }

    /// The coordinator has not answered yet; the saga may be there all the same.
    private func pending(_ body: Body, _ request: APIRequest) async throws -> APIAnswer {
        let saga = try await SagaReader.find(name: body.name, key: body.key, in: request.workspaceID, pool)
        return .pending(
            saga.map(detail) ?? ["id": nil, "name": .string(body.name), "key": .string(body.key), "status": "pending"])
    }

    /// Looks often at first, because most sagas that are waited for end within milliseconds.
    private func saga(
        _ id: SagaID, waitingUpTo wait: Duration, in workspaceID: WorkspaceID
    ) async throws -> SagaRecord? {
        let deadline = ContinuousClock.now + wait
        var pause = Duration.milliseconds(10)
        while true {
            let saga = try await SagaReader.find(id, in: workspaceID, pool)
            guard let saga, !saga.isAtRest, ContinuousClock.now < deadline else { return saga }
            try await Task.sleep(for: pause)
            pause = min(pause * 1.5, .milliseconds(250))
        }
    }
}
