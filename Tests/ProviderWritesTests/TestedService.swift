import AMQP
import Commerce
import Foundation
import Logging
import Postgres
import Support

@testable import Messaging

/// One service's handlers over its tables, its deliveries made by hand.
struct TestedService: Sendable {
    let name: ServiceName
    let pool: PostgresPool
    private let outbox: TransactionalOutbox
    private let effects: EffectRunner
    private let handlers: [MessageHandler]

    init(_ name: ServiceName, database: String, handlers: (PostgresPool) -> [MessageHandler]) async throws {
        self.name = name
        let login = try await ServiceLogin.url(database, as: name.role, schema: name.schema)
        pool = PostgresPool(
            try PostgresConfiguration(url: login, applicationName: "test", poolSize: 8), logger: Self.logger)
        let nowhere = try AMQPConfiguration(url: "amqp://127.0.0.1:1/", connectionName: "test")
        outbox = TransactionalOutbox(
            pool: pool, factory: MessageFactory(source: name, clock: SystemClock()),
            relay: OutboxRelay(
                pool: pool, publisher: AMQPPublisher(nowhere, logger: Self.logger), logger: Self.logger))
        effects = EffectRunner(
            outbox: outbox, deferral: Deferral(outbox: outbox, queue: name.rawValue, policy: RetryPolicy()),
            logger: Self.logger)
        self.handlers = handlers(pool).flatMap { [$0] + $0.companions }
    }

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Commands whose handlers call providers.
    var effectCommands: Set<String> {
        Set(
            handlers.compactMap { handler in
                guard case .effect = handler.work, !handler.pattern.hasSuffix(".verification") else { return nil }
                return handler.pattern
            })
    }

    /// Runs work in a transaction of the service.
    func handle<R: Sendable>(
        in workspaceID: WorkspaceID, _ work: @escaping @Sendable (HandlerTransaction) async throws -> R
    ) async throws -> R {
        try await outbox.commit(MessageContext(workspaceID: workspaceID, actor: "test"), scope: .workspace, work).0
    }

    /// Delivers once; nil when the handling was put off.
    func deliver(_ envelope: Envelope) async throws -> CommandReply? {
        let table = HandlerTable(handlers)
        guard let index = table.index(of: envelope.attributes.type) else { return nil }
        switch table.handlers[index].work {
        case .effect(let work):
            return try await work(envelope, effects).reply
        case .batch(let work, _):
            return try await outbox.commit(.init(causedBy: envelope), scope: .workspace) { transaction in
                try await work([envelope], transaction.caused(by: envelope)).first.flatMap(\.self)
            }.0
        }
    }
}
