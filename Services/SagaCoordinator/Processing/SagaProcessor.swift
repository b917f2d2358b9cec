import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Sagas

/// Takes everything that happens to sagas in batches: one transaction locks the sagas concerned in id order, folds
/// the inputs into them in the order they came, and saves what changed.
struct SagaProcessor: Sendable {
    let catalog: SagaCatalog
    let clock: any WallClock

    var handlers: [MessageHandler] {
        let own = [
            CommandReply.type, CommandRetrying.type, CommandDeadLettered.type, FireSagaTimer.name,
            OperateSaga.name, StartSaga.name,
        ]
        return own.map { handler($0, isEvent: false) } + catalog.eventTypes.map { handler($0, isEvent: true) }
    }

    private func handler(_ type: String, isEvent: Bool) -> MessageHandler {
        .batch(type, isEvent: isEvent) { envelopes, transaction in
            var outcomes: [CommandReply?] = []
            let inputs = try envelopes.map { try catalog.inputs(of: $0) }
            let results = try await process(
                zip(envelopes, inputs).flatMap { envelope, inputs in
                    inputs.map { Work(input: $0, context: MessageContext(causedBy: envelope)) }
                }, in: transaction)
            var next = results.makeIterator()
            for inputs in inputs {
                let mine = inputs.map { _ in next.next() ?? nil }
                outcomes.append(isEvent ? nil : mine.first ?? nil)
            }
            return outcomes
        }
    }

    struct Work: Sendable {
        var input: SagaInput
        var context: MessageContext
    }

    /// - Returns: one outcome per input: the reply of a command, `nil` where none is owed.
    func process(_ work: [Work], in transaction: HandlerTransaction) async throws -> [CommandReply?] {
        let database = transaction.database
        let addresses = work.compactMap(\.input.mailboxAddress)
        try await SagaStore.serialise(addresses, in: database)
        let started = try await SagaStore.start(work.compactMap(\.input.newSaga), at: transaction.now, in: database)
        try await MailboxStore.insert(work.compactMap(\.input.mail), at: transaction.now, in: database)
        let ids = Set(try await SagaStore.ids(of: addresses, in: database).values).union(
            work.compactMap(\.input.sagaID))
        var batch = try await SagaBatch.lock(ids, catalog: catalog, now: transaction.now, in: database)
        var outcomes: [CommandReply?] = []
        for item in work {
            outcomes.append(try await batch.apply(item, started: started, in: transaction))
        }
        try await batch.save(in: transaction)
        return outcomes
    }
}

extension SagaInput {
    fileprivate var newSaga: NewSaga? {
        if case .start(let saga) = self { saga } else { nil }
    }

    fileprivate var mail: (MailboxAddress, MailboxStore.NewEntry)? {
        if case .mail(let address, let entry) = self { (address, entry) } else { nil }
    }

    var mailboxAddress: MailboxAddress? {
        switch self {
        case .start(let saga): saga.address
        case .mail(let address, _): address
        case .reply, .retrying, .deadLettered, .timer, .verb, .deadlines: nil
        }
    }

    fileprivate var sagaID: SagaID? {
        switch self {
        case .reply(let address, _), .retrying(let address, _), .deadLettered(let address, _), .timer(let address):
            address.sagaID
        case .verb(let command): command.sagaID
        case .deadlines(let id): id
        case .start, .mail: nil
        }
    }
}
