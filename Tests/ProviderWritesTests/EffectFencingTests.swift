import Commerce
import Foundation
import Postgres
import Schema
import Support
import Synchronization
import Testing

@testable import Messaging

private struct Mark: Messaging.Command {
    static let owner = ServiceName.tracking
    var key: String
    typealias Reply = String
}

/// Does at the provider what the test says.
private struct MarkHandler: EffectHandler {
    typealias Message = Mark

    var effect = EffectKind("test", "mark", recovery: .sendAgain)
    let perform: @Sendable () async throws -> String

    func plan(_ command: Mark, in transaction: HandlerTransaction) async throws -> EffectPlan<Done, String> {
        .effect(key: command.key, Done())
    }

    func perform(_ request: Done, for call: EffectCall) async throws -> String { try await perform() }

    func settle(
        _ outcome: String, of request: Done, for command: Mark, in transaction: HandlerTransaction
    ) async throws -> String { outcome }
}

@Suite("Effects and those who hold them", .enabled(if: WriteBench.isThere))
struct EffectFencingTests {
    private let workspaceID = WorkspaceID()
    private let key = "mark:\(UUIDv7.make().uuidString)"

    private func service(
        _ perform: @escaping @Sendable () async throws -> String, _ test: (TestedService) async throws -> Void
    ) async throws {
        let database = WriteBench.database ?? ""
        _ = try await Migrator(url: database, logger: TestedService.logger).apply(SchemaCatalog.all)
        let service = try await TestedService(.tracking, database: database) { _ in
            [.effect(MarkHandler(perform: perform))]
        }
        do {
            try await test(service)
        } catch {
            await service.pool.close()
            throw error
        }
        await service.pool.close()
    }

    private func command(attempt: Int = 1) throws -> Envelope {
        var attributes = Envelope.Attributes(
            id: UUIDv7.make().uuidString, type: Mark.name, source: "test", workspaceid: workspaceID)
        SagaAddress(sagaID: SagaID(), run: 1, path: "0", attempt: attempt).write(to: &attributes)
        return try Envelope(attributes, data: RawJSON(encoding: Mark(key: key)))
    }

    private func row(_ service: TestedService) async throws -> PostgresRow {
        try await service.pool.query(
            "SELECT state, outcome #>> '{}' AS outcome, calls FROM effects WHERE key = \(key)",
            workspace: workspaceID.uuid)[0]
    }

    @Test("one that lost its lease changes nothing, whatever its call brought", arguments: [true, false])
    func lateClose(brings: Bool) async throws {
        let calls = Calls()
        let isCalling = AsyncStream.makeStream(of: Void.self)
        let mayEnd = AsyncStream.makeStream(of: Void.self)
        let perform: @Sendable () async throws -> String = {
            guard calls.next() == 1 else { return "second" }
            isCalling.continuation.finish()
            for await _ in mayEnd.stream {}
            guard brings else { throw ProviderFailure.refused(code: "no", message: "no") }
            return "first"
        }
        try await service(perform) { service in
            let slow = try command()
            async let late = service.deliver(slow)
            for await _ in isCalling.stream {}
            try await service.pool.execute(
                "UPDATE effects SET lease_until = now() - interval '1 second' WHERE key = \(key)",
                workspace: workspaceID.uuid)
            let reply = try await service.deliver(try command())
            #expect(reply == .accepted(RawJSON(text: #""second""#)))
            mayEnd.continuation.finish()
            #expect(try await late == nil)
            #expect(try await row(service)("outcome", as: String.self) == "second")
            #expect(try await service.deliver(slow) == .accepted(RawJSON(text: #""second""#)))
        }
    }

    @Test("a refusal answers its own attempt again; a higher attempt is decided afresh")
    func refusedAfresh() async throws {
        let calls = Calls()
        try await service {
            guard calls.next() > 1 else { throw ProviderFailure.refused(code: "no", message: "no") }
            return "yes"
        } _: { service in
            let first = try command()
            let refusal = CommandReply.refused(Refusal(code: "no", message: "no"))
            #expect(try await service.deliver(first) == refusal)
            #expect(try await service.deliver(first) == refusal)
            #expect(try await service.deliver(try command(attempt: 2)) == .accepted(RawJSON(text: #""yes""#)))
        }
    }

    @Test("a postponed call is no failure, and leaves the effect as it was")
    func postponed() async throws {
        try await service {
            throw ProviderFailure.postponed(code: "rate", message: "later", delay: .seconds(7))
        } _: { service in
            #expect(try await service.deliver(try command()) == nil)
            #expect(try await row(service)("state", as: String.self) == "planned")
            #expect(try await row(service)("calls", as: Int.self) == 0)
            let failures = try await service.pool.query(
                "SELECT 1 AS one FROM retries WHERE workspace_id = \(workspaceID.uuid)", workspace: workspaceID.uuid)
            #expect(failures.isEmpty)
            let timers = try await service.pool.query(
                "SELECT body FROM timers WHERE workspace_id = \(workspaceID.uuid)", workspace: workspaceID.uuid)
            #expect(timers.count == 1)
        }
    }
}

private final class Calls: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
