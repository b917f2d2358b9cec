import AMQP
import Commerce
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Messaging
import NIOCore
import Postgres
import RouterSupport
import ServiceKit
import Testing

@testable import API

extension Tag {
    @Tag static var postgres: Self
}

/// The API on a real Postgres, under its own role, with two workspaces of its own; the broker is absent.
struct APIBench: Sendable {
    let workspaceID = WorkspaceID()
    let otherWorkspaceID = WorkspaceID()
    /// May everything, in its workspace.
    let ownerKey = KeySecret()
    let otherKey = KeySecret()
    let client: RouterClient
    /// Past row-level security: what other services have written.
    let owner: PostgresPool

    /// - Parameter patience: how long verbs wait for their outcome.
    static func run(
        patience: Duration = .milliseconds(50), _ test: @escaping @Sendable (APIBench) async throws -> Void
    ) async throws {
        let owner = try await TestDatabase.ownerPool()
        let service = try await TestDatabase.servicePool()
        let outbox = try outbox(on: service)
        var sender = CommandSender(outbox: outbox)
        sender.patience = patience
        let router = APIService.router(
            outbox: outbox, sender: sender, checks: .forTests, health: Health(), logger: .silent)
        let bench = APIBench(client: RouterClient(router), owner: owner)
        for (workspaceID, key) in [(bench.workspaceID, bench.ownerKey), (bench.otherWorkspaceID, bench.otherKey)] {
            try await bench.createWorkspace(workspaceID)
            try await bench.grant(key, role: "owner", in: workspaceID)
        }
        try await test(bench)
        await service.close()
        await owner.close()
    }

    private static func outbox(on pool: PostgresPool) throws -> TransactionalOutbox {
        let nowhere = try AMQPConfiguration(url: "amqp://127.0.0.1:1/", connectionName: "test")
        let relay = OutboxRelay(pool: pool, publisher: AMQPPublisher(nowhere, logger: .silent), logger: .silent)
        return TransactionalOutbox(
            pool: pool, factory: MessageFactory(source: .api, clock: SystemClock()), relay: relay)
    }
}

extension APIBench {
    struct Answer: Sendable {
        var status: Int
        var headers: HTTPFields
        var json: JSON

        var code: String? { json["code"]?.string }
        var data: [JSON] { json["data"]?.elements ?? [] }
    }

    func get(_ path: String, key: KeySecret? = nil, in workspace: WorkspaceID? = nil) async throws -> Answer {
        try await send(.get, path, key: key, in: workspace)
    }

    func post(
        _ path: String, _ body: String, key: KeySecret? = nil, idempotencyKey: String? = nil
    ) async throws -> Answer {
        try await send(.post, path, body, key: key, idempotencyKey: idempotencyKey)
    }

    /// Below the workspace; with the owner's key unless said otherwise.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "", key: KeySecret? = nil,
        in workspace: WorkspaceID? = nil, idempotencyKey: String? = nil, ifMatch: String? = nil
    ) async throws -> Answer {
        var headers: HTTPFields = [.authorization: "Bearer \((key ?? ownerKey).reveal())"]
        headers[.idempotencyKey] = idempotencyKey
        headers[.ifMatch] = ifMatch
        return try await raw(method, "/v1/workspaces/\(workspace ?? workspaceID)\(path)", headers, body)
    }

    func raw(
        _ method: HTTPRequest.Method, _ uri: String, _ headers: HTTPFields = [:], _ body: String = ""
    ) async throws -> Answer {
        let answer = try await client.send(method, uri, headers, body)
        let json = try? JSONDecoder().decode(JSON.self, from: Data(answer.body.readableBytesView))
        return Answer(status: answer.status.code, headers: answer.headers, json: json ?? .null)
    }
}

extension JSON {
    /// Of a number that was read.
    var number: Int? {
        guard case .raw(let digits) = self else { return nil }
        return Int(digits)
    }

    var elements: [JSON] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
