import AMQP
import Commerce
import Contracts
import Foundation
import Logging
import Postgres
import Sagas
import Schema
import Synchronization
import Testing

@testable import Messaging
@testable import SagaCoordinator

/// The coordinator's processing on a real Postgres, with a clock that the test moves.
///
/// Found through `STATESET_TEST_POSTGRES_URL`, the URL of a superuser.
final class CoordinatorBench: Sendable {
    static let url = ProcessInfo.processInfo.environment["STATESET_TEST_POSTGRES_URL"]
    static var isThere: Bool { url != nil }

    let workspaceID = WorkspaceID()
    let clock = TestClock()
    let catalog = SagaCatalog([
        SagaDefinition(ErrandSaga.self), SagaDefinition(OuterSaga.self), SagaDefinition(NapSaga.self),
        SagaDefinition(HastySaga.self), SagaDefinition(DoorSaga.self),
    ])
    /// Of the build before, which had no errands yet.
    let olderCatalog = SagaCatalog([SagaDefinition(OuterSaga.self)])
    /// Of the build after, whose errands begin otherwise.
    let newerCatalog = SagaCatalog([SagaDefinition(AskingErrandSaga.self), SagaDefinition(OuterSaga.self)])
    let pool: PostgresPool
    private let outbox: TransactionalOutbox
    /// Two replicas, each with a memory of its own, one of the older build and one of the newer.
    let replicas: [SagaProcessor]
    static let older = 2
    static let newer = 3
    private let messageNumber = Atomic(0)

    static func run(_ test: @Sendable (CoordinatorBench) async throws -> Void) async throws {
        let bench = try await CoordinatorBench()
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await test(bench)) } catch { outcome = .failure(error) }
        await bench.pool.close()
        try outcome.get()
    }

    private init() async throws {
        let url = Self.url ?? ""
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        _ = try await Migrator(url: url, logger: logger).apply(SchemaCatalog.all)
        pool = PostgresPool(
            try PostgresConfiguration(url: url, applicationName: "test", poolSize: 4), logger: logger)
        let nowhere = try AMQPConfiguration(url: "amqp://127.0.0.1:1/", connectionName: "test")
        outbox = TransactionalOutbox(
            pool: pool, factory: MessageFactory(source: .sagaCoordinator, clock: clock),
            relay: OutboxRelay(pool: pool, publisher: AMQPPublisher(nowhere, logger: logger), logger: logger))
        replicas = [(catalog, "test"), (catalog, "test"), (olderCatalog, "older"), (newerCatalog, "newer")].map {
            SagaProcessor(catalog: $0, buildID: $1, logger: logger)
        }
    }

    // MARK: Feeding it

    /// One transaction of one replica over these inputs.
    /// - Returns: what it owes: messages with and without a row in the outbox.
    @discardableResult
    func process(_ inputs: [SagaInput], replica: Int = 0) async throws -> [Envelope] {
        try await handle { [workspaceID, replicas] transaction in
            let work = inputs.map { SagaProcessor.Work(input: $0, context: Self.context(workspaceID)) }
            _ = try await replicas[replica].process(work, in: transaction)
        }
    }

    /// - Returns: what a command is answered.
    func answer(to input: SagaInput, replica: Int = 0) async throws -> CommandReply? {
        let answer = Mutex<CommandReply?>(nil)
        try await handle { [workspaceID, replicas] transaction in
            let work = SagaProcessor.Work(input: input, context: Self.context(workspaceID))
            let outcomes = try await replicas[replica].process([work], in: transaction)
            answer.withLock { $0 = outcomes.first ?? nil }
        }
        return answer.withLock { $0 }
    }

    /// The same through the handler that the consumer calls, as first or as repeated delivery.
    @discardableResult
    func deliver(_ envelopes: [Envelope], repeated: Bool = false, replica: Int = 0) async throws -> [Envelope] {
        let type = envelopes[0].attributes.type
        let handler = try #require(replicas[replica].handlers.first { $0.pattern == type })
        guard case .batch(let work, let again) = handler.work else { return [] }
        return try await handle { transaction in
            if repeated { try await again?(envelopes, transaction) } else { _ = try await work(envelopes, transaction) }
        }
    }

    @discardableResult
    func handle(
        _ work: @escaping @Sendable (HandlerTransaction) async throws -> Void
    ) async throws -> [Envelope] {
        let context = Self.context(workspaceID)
        let (_, debt) = try await outbox.commit(context, scope: .service, isDelivery: true) { transaction in
            try await transaction.database.pipeline([
                "SET LOCAL ROLE stateset_saga_coordinator", "SET LOCAL search_path = saga_coordinator",
            ])
            try await work(transaction)
        }
        return (debt.direct + debt.rows).map(\.envelope)
    }

    private static func context(_ workspaceID: WorkspaceID) -> MessageContext {
        var context = MessageContext(workspaceID: workspaceID, actor: "ops@example.com")
        context.causationID = UUIDv7.make().uuidString
        return context
    }

    func start(_ saga: String, _ key: String, _ input: String = "\"x\"") -> SagaInput {
        .start(
            NewSaga(
                address: MailboxAddress(workspaceID: workspaceID, saga: saga, key: key), input: RawJSON(text: input),
                context: Self.context(workspaceID)))
    }

    func mail(_ saga: String, _ key: String, _ event: some Event) throws -> SagaInput {
        let number = messageNumber.add(1, ordering: .relaxed).newValue
        return .mail(
            MailboxAddress(workspaceID: workspaceID, saga: saga, key: key),
            .init(messageID: "mail-\(number)", type: type(of: event).type, data: try RawJSON(encoding: event)))
    }

    /// The answer that the owner of a command gives.
    func reply(to command: Envelope, _ json: String = #"{"id":"1"}"#) throws -> SagaInput {
        .reply(try #require(SagaAddress(command.attributes)), .accepted(RawJSON(text: json)))
    }

    /// The message that it comes in.
    func replyEnvelope(to command: Envelope, _ json: String = #"{"id":"1"}"#) throws -> Envelope {
        try MessageFactory(source: .sagaCoordinator, clock: clock).reply(
            .accepted(RawJSON(text: json)), to: command, saga: try #require(SagaAddress(command.attributes))
        ).envelope
    }

    func refuse(_ command: Envelope) throws -> SagaInput {
        .reply(
            try #require(SagaAddress(command.attributes)), .refused(Refusal(code: "no", message: "because")))
    }

    // MARK: Looking at it

    func saga(_ name: String, _ key: String) async throws -> Stored {
        let rows = try await pool.query(
            """
            SELECT id, run, status, version, output::text AS output, stuck_reason, build_id,
                attributes::text AS attributes, former_builds::text AS former_builds,
                (SELECT count(*) FROM saga_coordinator.steps t WHERE t.saga_id = s.id) AS steps,
                (SELECT count(*) FROM saga_coordinator.timers t WHERE t.saga_id = s.id) AS timers
            FROM saga_coordinator.sagas s
            WHERE workspace_id = \(workspaceID.uuid) AND name = \(name) AND key = \(key)
            """)
        return try Stored(try #require(rows.first))
    }

    func exists(_ name: String, _ key: String) async throws -> Bool {
        try await !pool.query(
            """
            SELECT 1 FROM saga_coordinator.sagas
            WHERE workspace_id = \(workspaceID.uuid) AND name = \(name) AND key = \(key)
            """
        ).isEmpty
    }

    struct Stored {
        let id: SagaID
        let run, version, steps, timers: Int
        let status: String
        let output, stuckReason, buildID, formerBuilds: String?

        init(_ row: PostgresRow) throws {
            id = SagaID(uuid: try row("id"))
            run = try row("run")
            version = try row("version")
            status = try row("status")
            output = try row("output")
            stuckReason = try row("stuck_reason")
            buildID = try row("build_id")
            formerBuilds = try row("former_builds")
            steps = try row("steps")
            timers = try row("timers")
        }
    }

    /// The timers' messages that are due.
    func dueTimers() async throws -> [SagaInput] {
        try await pool.query(
            """
            SELECT body FROM saga_coordinator.timers
            WHERE workspace_id = \(workspaceID.uuid) AND due_at <= \(clock.now)
            """
        ).map { row in
            let envelope = try Envelope(body: Array(try row("body", as: String.self).utf8))
            return .timer(try #require(SagaAddress(envelope.attributes)))
        }
    }

    func change(_ sql: SQL) async throws { try await pool.execute(sql) }
}

final class TestClock: WallClock {
    private let time = Mutex(Date(timeIntervalSince1970: 1_772_619_330))

    var now: Date { time.withLock { $0 } }

    func advance(by duration: Duration) { time.withLock { $0 += duration.timeInterval } }
}

extension [Envelope] {
    func named(_ name: String) -> [Envelope] { filter { $0.attributes.type == name } }
    func first(_ name: String) throws -> Envelope { try #require(named(name).first) }
}
