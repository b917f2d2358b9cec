import Commerce
import Contracts
import Foundation
import Logging
import Messaging
import Postgres
import Sagas

/// Takes everything that happens to sagas in batches: the sagas concerned are locked in id order, the inputs are folded
/// into them in the order they came, and what changed is saved. A transaction of messages of several kinds does so for
/// each run of one kind; where two replicas wait for each other in that, Postgres ends one, and it is taken again.
///
/// A command to a participant has no row in the outbox. Its step is the record: the delivery that caused it is
/// acknowledged only after the broker has confirmed the command, and when the delivery comes again, whatever is
/// outstanding is sent again under the same message id, which the participant's inbox knows.
struct SagaProcessor: Sendable {
    let catalog: SagaCatalog
    let buildID: String
    let logger: Logger
    private let cache = SagaCache()

    init(catalog: SagaCatalog, buildID: String, logger: Logger) {
        self.catalog = catalog
        self.buildID = buildID
        self.logger = logger
    }

    var handlers: [MessageHandler] {
        SagaCatalog.messageTypes.map { handler($0, isEvent: false) }
            + catalog.eventTypes.map { handler($0, isEvent: true) }
    }

    private func handler(_ type: String, isEvent: Bool) -> MessageHandler {
        .batch(type, isEvent: isEvent, repeated: sendAgain) { envelopes, transaction in
            let inputs = try envelopes.map { try catalog.inputs(of: $0) }
            let work = zip(envelopes, inputs).flatMap { envelope, inputs in
                inputs.map { Work(input: $0, context: MessageContext(causedBy: envelope)) }
            }
            var results = try await process(work, in: transaction)[...]
            return inputs.map { inputs in
                let mine = results.prefix(inputs.count)
                results = results.dropFirst(inputs.count)
                return isEvent ? nil : mine.first ?? nil
            }
        }
    }

    struct Work: Sendable {
        var input: SagaInput
        var context: MessageContext
    }

    /// - Returns: one outcome per input: the reply of a command, `nil` where none is owed.
    func process(_ work: [Work], in transaction: HandlerTransaction) async throws -> [CommandReply?] {
        let database = transaction.database
        let inputs = work.map(\.input)
        let addresses = inputs.compactMap(\.mailboxAddress)
        let known = try await SagaStore.serialise(addresses, in: database)
        let wanted = try await WatcherStore.waiting(inputs.compactMap(\.childParent), in: database)
        let new = inputs.filter { $0.childParent.map(wanted.contains) ?? true }.compactMap(\.newSaga)
            .filter { known[$0.address] == nil }
        try await MailboxStore.insert(inputs.compactMap(\.mail), at: transaction.now, in: database)
        var batch = try await SagaBatch.lock(
            Set(inputs.compactMap(\.sagaID)), mailed: Set(known.values), restarted: Set(inputs.compactMap(\.restarted)),
            new: new, self, in: transaction)
        var outcomes: [CommandReply?] = []
        outcomes.reserveCapacity(work.count)
        for item in work {
            outcomes.append(try await batch.apply(item, in: transaction))
        }
        try await batch.save(in: transaction)
        try await ScheduleNews.note(inputs.compactMap(\.scheduleNews), in: transaction)
        return outcomes
    }

    /// Deliveries whose effects are committed, but which may have died before what they owe was published.
    private func sendAgain(_ envelopes: [Envelope], in transaction: HandlerTransaction) async throws {
        let inputs = try envelopes.flatMap { try catalog.inputs(of: $0) }.filter { !$0.isNews }
        let known = try await SagaStore.ids(of: inputs.compactMap(\.mailboxAddress), in: transaction.database).values
        let ids = Set(known).union(inputs.compactMap(\.sagaID))
        let batch = try await SagaBatch.lock(ids, mailed: [], self, in: transaction)
        for id in ids { try batch.requireKnown(id) }
        for machine in batch.all {
            try SagaOutbox.owe(machine.outstandingSends, of: machine, in: transaction)
        }
    }

    // MARK: What the process remembers

    func remembered(_ versions: [SagaID: Int], at now: Date) -> [SagaID: SagaMachine] {
        var machines: [SagaID: SagaMachine] = [:]
        for (id, version) in versions {
            machines[id] = cache.take(id, version: version)?.reopened(at: now)
        }
        return machines
    }

    func remember(_ machines: [SagaMachine]) {
        cache.put(machines)
    }
}

extension SagaInput {
    fileprivate var childParent: SagaAddress? {
        if case .child(_, let parent) = self { parent } else { nil }
    }
}
