import Commerce
import Contracts
import Foundation
import Logging
import Messaging
import Postgres
import Sagas

/// The sagas of one transaction: locked, loaded, changed, saved.
struct SagaBatch {
    private(set) var machines: [SagaID: SagaMachine]
    /// Those this build has no code for: nothing happens to them here.
    let unknown: [SagaID: SagaInstance]
    /// As they were loaded: what differs at the end is saved.
    private var loaded: [SagaID: SagaMachine]
    private var idsByAddress: [MailboxAddress: SagaID]
    private let started: Set<SagaID>
    private let processor: SagaProcessor
    private var watchers: [WatcherStore.Row] = []
    /// Those whose deadlines were looked at.
    private(set) var checked: Set<SagaID> = []
    /// How much mail came for each.
    private(set) var mailed: [SagaID: Int] = [:]

    var all: some Sequence<SagaMachine> { machines.values }

    /// - Parameters:
    ///   - mailed: those that this transaction brings mail; what is remembered of them has not got it.
    ///   - restarted: those that may read events again, in the order of all they have.
    ///   - new: those that nobody has started yet, nor can while this transaction lasts.
    static func lock(
        _ ids: Set<SagaID>, mailed: Set<SagaID>, restarted: Set<SagaID> = [], new: [NewSaga] = [],
        _ processor: SagaProcessor, in transaction: HandlerTransaction
    ) async throws -> SagaBatch {
        let versions = try await SagaStore.lock(ids.union(mailed), in: transaction.database)
        let unread = mailed.union(restarted)
        var machines = processor.remembered(versions.filter { !unread.contains($0.key) }, at: transaction.now)
        let missing = versions.keys.filter { machines[$0] == nil }
        let rows = try await read(missing, whole: restarted, processor.catalog, in: transaction)
        let started = try await begin(new, processor.catalog, in: transaction)
        for machine in rows.machines + started { machines[machine.saga.id] = machine }
        return SagaBatch(
            machines: machines, unknown: rows.unknown, started: Set(started.map(\.saga.id)), processor: processor)
    }

    /// There is no row of those that begin here before ``save(in:)``, but mail may wait for them.
    private static func begin(
        _ sagas: [NewSaga], _ catalog: SagaCatalog, in transaction: HandlerTransaction
    ) async throws -> [SagaMachine] {
        guard !sagas.isEmpty else { return [] }
        let instances = Dictionary(sagas.map { ($0.address, $0) }) { first, _ in first }.values
            .map { $0.instance(at: transaction.now) }
        let rows = try await transaction.database.query(MailboxStore.selection(ofNew: instances))
        let mail = try Dictionary(grouping: rows) { SagaID(uuid: try $0("saga")) }
        return try instances.map { saga in
            guard let definition = catalog[saga.name] else { throw UnknownSaga(name: saga.name) }
            let mailbox = try MailboxStore.mailbox(mail[saga.id] ?? [], isWhole: false)
            return SagaMachine(
                saga, steps: [], mailbox: mailbox.entries, unread: mailbox.unread, definition: definition,
                now: transaction.now)
        }
    }

    private static func read(
        _ ids: [SagaID], whole: Set<SagaID>, _ catalog: SagaCatalog, in transaction: HandlerTransaction
    ) async throws -> (machines: [SagaMachine], unknown: [SagaInstance]) {
        guard !ids.isEmpty else { return ([], []) }
        let rows = try await transaction.database.pipeline([
            SagaStore.selection(ids), StepStore.selection(ids), MailboxStore.selection(ids, whole: whole),
        ])
        let steps = try Dictionary(grouping: rows[1]) { SagaID(uuid: try $0("saga_id")) }
        let mail = try Dictionary(grouping: rows[2]) { SagaID(uuid: try $0("saga")) }
        let sagas = try rows[0].map(SagaInstance.init)
        let machines = try sagas.compactMap { saga -> SagaMachine? in
            guard let definition = catalog[saga.name] else { return nil }
            let mailbox = try MailboxStore.mailbox(mail[saga.id] ?? [], isWhole: whole.contains(saga.id))
            return SagaMachine(
                saga, steps: try (steps[saga.id] ?? []).map(SagaStep.init), mailbox: mailbox.entries,
                unread: mailbox.unread, definition: definition, now: transaction.now)
        }
        return (machines, sagas.filter { catalog[$0.name] == nil })
    }

    private init(
        machines: [SagaID: SagaMachine], unknown: [SagaInstance], started: Set<SagaID>, processor: SagaProcessor
    ) {
        self.machines = machines
        self.unknown = Dictionary(unknown.map { ($0.id, $0) }) { first, _ in first }
        self.started = started
        self.processor = processor
        loaded = machines
        idsByAddress = Dictionary(
            (machines.values.map(\.saga) + unknown).map { (MailboxAddress($0), $0.id) },
            uniquingKeysWith: { first, _ in first })
    }

    /// - Throws: ``UnknownSaga`` when this build has no code for the saga.
    func requireKnown(_ id: SagaID) throws {
        guard let saga = unknown[id] else { return }
        throw UnknownSaga(name: saga.name)
    }

    // MARK: Apply

    mutating func apply(
        _ work: SagaProcessor.Work, in transaction: HandlerTransaction
    ) async throws -> CommandReply? {
        switch work.input {
        case .start(let new):
            guard let (id, isNew) = start(new.address) else { return nil }
            return .accepted(try RawJSON(encoding: StartSaga.Reply(id: id, started: isNew)))
        case .child(let new, let parent):
            try startChild(new, parent, transaction.with(work.context))
        case .cancelChild(let address, let parent):
            try await cancelChild(address, parent, transaction.with(work.context))
        case .mail(let address, _):
            guard let id = idsByAddress[address] else { return nil }
            // Nobody remembers a saga at its end, whose time to be forgotten runs.
            guard machines[id]?.saga.status.isTerminal == false else { return nil }
            // The mail was loaded with the saga, which only has to look; what others remember of it is out of date.
            mailed[id, default: 0] += 1
            machines[id]?.wake()
            machines[id]?.touch()
        case .reply(let address, let reply):
            try requireKnown(address.sagaID)
            machines[address.sagaID]?.receive(reply, from: address)
        case .retrying(let address, let news):
            machines[address.sagaID]?.note(news, from: address)
        case .deadLettered(let address, let news):
            machines[address.sagaID]?.note(news, from: address)
        case .timer(let address):
            try requireKnown(address.sagaID)
            machines[address.sagaID]?.fireTimer(path: address.path, run: address.run)
        case .deadlines(let id):
            machines[id]?.checkDeadlines()
            checked.insert(id)
        case .verb(let command):
            return try await operate(command, transaction.with(work.context))
        case .imported(let command):
            return try await SagaImport(command, processor).carryOut(in: transaction.with(work.context))
        case .firing:
            break
        }
        return nil
    }

    private mutating func start(_ address: MailboxAddress) -> (SagaID, isNew: Bool)? {
        guard let id = idsByAddress[address] else { return nil }
        let isNew = started.contains(id) && machines[id]?.saga.version == 0
        if isNew {
            machines[id]?.start()
            machines[id]?.touch()
        }
        return (id, isNew)
    }

    mutating func replace(_ machine: SagaMachine) {
        machines[machine.saga.id] = machine
    }

    /// What was read on is no change of the saga.
    mutating func noteLoaded(_ pages: [MailPage], of id: SagaID) {
        loaded[id]?.add(pages)
    }

    var logger: Logger { processor.logger }

    // MARK: Children

    /// The step is answered when the child ends; at once, when it has ended or the step wants none any more.
    private mutating func startChild(
        _ new: NewSaga, _ parent: SagaAddress, _ transaction: HandlerTransaction
    ) throws {
        guard let (id, isNew) = start(new.address), var child = machines[id] else {
            let refusal = Refusal(
                code: "child_cancelled", message: "\(new.address.saga) was not started: nobody waits for it")
            return try transaction.send(
                transaction.messages.reply(.refused(refusal), to: parent, subject: nil, context: transaction.context))
        }
        watchers.append(
            .init(sagaID: id, workspaceID: child.saga.workspaceID, parent: parent, started: isNew))
        child.markWatched()
        machines[id] = child
        guard loaded[id]?.saga.status.isTerminal == true, let end = child.end else { return }
        try transaction.send(
            transaction.messages.reply(end, to: parent, subject: child.saga.subject, context: transaction.context))
    }

    private mutating func cancelChild(
        _ address: MailboxAddress, _ parent: SagaAddress, _ transaction: HandlerTransaction
    ) async throws {
        guard let id = idsByAddress[address] else { return }
        try requireKnown(id)
        let rows = try await WatcherStore.load([id], in: transaction.database)[id] ?? []
        let mine = rows.contains { $0.started && $0.parent.sagaID == parent.sagaID && $0.parent.path == parent.path }
        // One that others started ends as it will; the step waits for that.
        guard mine else { return }
        machines[id]?.cancelWithParent()
    }

    // MARK: Save

    mutating func save(in transaction: HandlerTransaction) async throws {
        try await readOn(in: transaction.database)
        let changed = machines.values.compactMap { machine -> SagaChange? in
            guard let before = loaded[machine.saga.id], machine.differs(from: before) else { return nil }
            return SagaChange(machine.stamped(at: transaction.now, by: processor.buildID), since: before)
        }.sorted { $0.machine.saga.id < $1.machine.saga.id }
        try requireFollowed(changed)
        let database = transaction.database
        let current = changed.map(\.machine)
        try SagaStore.insert(
            current.filter { started.contains($0.saga.id) }, buildID: processor.buildID, in: database)
        try SagaStore.save(
            current.filter { !started.contains($0.saga.id) }, buildID: processor.buildID, in: database)
        SagaStore.setNextCheck(checked.compactMap { machines[$0] }, in: database)
        try StepStore.update(changed.flatMap(\.updatedSteps), in: database)
        try StepStore.insert(changed.flatMap(\.newSteps), in: database)
        MailboxStore.consume(changed.flatMap(\.consumed), in: database)
        WatcherStore.insert(watchers, in: database)
        for change in changed { try await SagaOutbox.owe(change, in: transaction) }
        try await tellParents(changed, in: transaction)
        warn(of: changed)
        try await warnOfMail(in: transaction)
        let settled = Array(machines.values.filter { loaded[$0.saga.id].map($0.differs) == false }) + current
        transaction.afterCommit { [processor] in processor.remember(settled) }
    }

    /// - Throws: ``ForeignHistory`` when a saga is to be left to the build that wrote its history.
    private func requireFollowed(_ changed: [SagaChange]) throws {
        // A look at the deadlines replays nothing, and must not keep the sweeper from the other sagas.
        let left = changed.filter { !checked.contains($0.machine.saga.id) }
            .first { $0.machine.isLeftBehind(by: processor.buildID, since: $0.before) }
        if let saga = left?.before.saga { throw ForeignHistory(saga, processor.buildID) }
    }

    private func tellParents(_ changed: [SagaChange], in transaction: HandlerTransaction) async throws {
        let ended = changed.filter(\.hasEnded).map(\.machine).filter(\.saga.isWatched)
        let stored = try await WatcherStore.load(ended.map(\.saga.id), in: transaction.database)
        for child in ended {
            guard let end = child.end else { continue }
            for watcher in stored[child.saga.id] ?? [] {
                transaction.send(
                    try transaction.messages.reply(
                        end, to: watcher.parent, subject: child.saga.subject, context: child.context))
            }
        }
    }

    private func warn(of changed: [SagaChange]) {
        for change in changed where change.machine.steps.count >= SagaBounds.operationsWarning {
            processor.logger.warning(
                "saga has many operations, let it continue as new",
                metadata: ["saga_id": "\(change.machine.saga.id)", "operations": "\(change.machine.steps.count)"])
        }
    }
}

extension SagaMachine {
    /// How the saga ended, as the answer to a step that waits for it.
    fileprivate var end: CommandReply? {
        guard saga.status.isTerminal else { return nil }
        guard saga.status != .completed else { return .accepted(saga.output ?? .emptyObject) }
        return .refused(
            Refusal(
                code: "child_\(saga.status.rawValue)",
                message: saga.error?.message ?? "\(saga.name) \(saga.key) ended \(saga.status.rawValue)"))
    }
}
