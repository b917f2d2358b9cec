import Commerce
import Foundation
import Messaging
import Sagas

/// The sagas of one transaction: locked, loaded or remembered, changed, saved. The coordinator's own, in memory.
struct SagaBatch {
    private let world: SimulatedWorld
    private let replica: Replica
    private let now: Date
    private let started: Set<SagaID>
    private var machines: [SagaID: SagaMachine] = [:]
    private var loaded: [SagaID: SagaMachine] = [:]
    private var watchers: [(child: SagaID, watcher: Store.Watcher)] = []
    private var rows: [Message] = []
    private var orders: [CarriedOut] = []
    /// Those whose deadlines were looked at.
    private var checked: Set<SagaID> = []

    init(_ world: SimulatedWorld, _ replica: Replica, _ ids: Set<SagaID>, started: Set<SagaID>, mailed: Set<SagaID>) {
        self.world = world
        self.replica = replica
        self.started = started
        now = world.date(on: replica)
        for id in ids {
            guard let version = world.store.sagas[id]?.saga.version else { continue }
            let (remembered, isOutdated) = replica.cache.take(id, version: version, at: now)
            if isOutdated { world.count(.twoCoordinators) }
            // What is remembered does not hold the mail that this transaction has brought.
            let known = mailed.contains(id) ? nil : remembered
            machines[id] = known ?? world.store.machine(id, definition: replica.build.definition, now: now)
        }
        loaded = machines
    }

    // MARK: Apply

    mutating func apply(_ work: SagaWork) {
        switch work.body {
        case .deadlines(let id):
            machines[id]?.checkDeadlines()
            checked.insert(id)
        case .message(let body): apply(body, work.message?.id ?? "")
        }
    }

    private mutating func apply(_ body: Message.Body, _ messageID: String) {
        switch body {
        case .start(let new): _ = start(new.key)
        case .child(let new, let parent): startChild(new.key, parent)
        case .cancelChild(let key, let parent): cancelChild(key, parent)
        case .mail(let key, _, _):
            guard let id = world.store.ids[key], machines[id]?.saga.status.isTerminal == false else { return }
            machines[id]?.wake()
            machines[id]?.touch()
        case .reply(let address, let reply): receive(reply, address)
        case .retrying(let address, let news): machines[address.sagaID]?.note(news, from: address)
        case .deadLettered(let address, let news): machines[address.sagaID]?.note(news, from: address)
        case .timer(let address): fire(address)
        case .verb(let id, let order, let signal): operate(id, order, signal, messageID)
        case .command, .published: break
        }
    }

    private mutating func receive(_ reply: CommandReply, _ address: SagaAddress) {
        let step = machines[address.sagaID]?.steps[address.path]
        if let step, step.isOutstanding, step.status != .issued, step.attempt == address.attempt {
            world.count(.lateReply)
        }
        let before = machines[address.sagaID]
        machines[address.sagaID]?.receive(reply, from: address)
        guard let before, let after = machines[address.sagaID], !before.awaits(address),
            after.saga != before.saga || after.steps != before.steps
        else { return }
        world.violate("a reply to \(address.short), for which nobody waits, changed the saga")
    }

    private mutating func fire(_ address: SagaAddress) {
        guard let before = machines[address.sagaID] else { return }
        machines[address.sagaID]?.fireTimer(path: address.path, run: address.run)
        guard let after = machines[address.sagaID] else { return }
        if after.rearmed.count != before.rearmed.count { world.count(.clockAhead) }
        guard before.armedTimers[address.path] == nil || address.run != before.saga.run,
            after.saga != before.saga || after.steps != before.steps
        else { return }
        world.violate("the timer of \(address.short), which had moved on, changed the saga")
    }

    private mutating func operate(_ id: SagaID, _ order: SagaOrder, _ signal: Message.Signal?, _ messageID: String) {
        guard var machine = machines[id] else { return }
        do {
            if let signal { try machine.check(signal: signal.type, data: signal.data) }
            checkSkip(order, machine)
            try machine.apply(order)
        } catch {
            return world.note("  refused: \(error)")
        }
        if let signal,
            let entry = world.store.insertMail(
                machine.saga.key, messageID: messageID, type: signal.type, data: signal.data)
        {
            machine.deliver(entry)
        }
        orders.append(CarriedOut(order: order, sagaID: id, run: loaded[id]?.saga.run ?? 1))
        machines[id] = machine
    }

    /// What was refused never happened: a saga that is being undone has no use for a result of it.
    private func checkSkip(_ order: SagaOrder, _ machine: SagaMachine) {
        guard case .skip(let path, _, _) = order, machine.steps[path]?.status == .refused,
            machine.saga.compensation != nil
        else { return }
        var skipped = machine
        guard (try? skipped.apply(order)) != nil else { return }
        world.violate("\(path) of \(machine.saga.id.short) was refused, and is skipped while the saga is undone")
    }

    private mutating func start(_ key: String) -> SagaID? {
        guard let id = world.store.ids[key] else { return nil }
        if started.contains(id), machines[id]?.saga.version == 0 {
            machines[id]?.start()
            machines[id]?.touch()
        }
        return id
    }

    // MARK: Children

    private mutating func startChild(_ key: String, _ parent: SagaAddress) {
        let isNew = world.store.ids[key].map { started.contains($0) && machines[$0]?.saga.version == 0 } ?? false
        guard let id = start(key) else {
            let refusal = Refusal(code: "child_cancelled", message: "\(key) was not started")
            return reply(.refused(refusal), to: parent)
        }
        watchers.append((id, Store.Watcher(parent: parent, started: isNew)))
        machines[id]?.markWatched()
        guard loaded[id]?.saga.status.isTerminal == true, let end = machines[id]?.end else { return }
        reply(end, to: parent)
    }

    private mutating func cancelChild(_ key: String, _ parent: SagaAddress) {
        guard let id = world.store.ids[key] else { return }
        let isMine = (world.store.watchers[id] ?? []).contains {
            $0.started && $0.parent.sagaID == parent.sagaID && $0.parent.path == parent.path
        }
        guard isMine, var machine = machines[id] else { return }
        machine.cancelWithParent()
        machines[id] = machine
        guard !machine.saga.pivoted, !machine.saga.status.isTerminal, machine.saga.compensation == nil else { return }
        world.violate("\(key) is \(machine.saga.status.rawValue), and its parent's cancel is forgotten")
    }

    private mutating func reply(_ reply: CommandReply, to parent: SagaAddress) {
        rows.append(Message(id: world.newID(), queue: .coordinator, body: .reply(parent, reply)))
    }

    // MARK: Save

    /// - Throws: ``ForeignHistory`` when a saga is to be left to the build that wrote its history.
    mutating func save() throws -> Outcome {
        let changes = machines.keys.sorted().compactMap { id -> SagaChange? in
            guard let (machine, before) = both(id), machine.differs(from: before) else { return nil }
            return SagaChange(machine.stamped(at: now, by: replica.build.id), since: before)
        }
        try requireFollowed(changes)
        var outcome = Outcome()
        for change in changes {
            world.store.save(change.machine)
            world.move(change)
            outcome.direct += change.commands
            rows += change.messages(world.newID)
        }
        for entry in watchers { world.store.watch(entry.child, entry.watcher) }
        for change in changes where change.hasEnded && change.machine.saga.isWatched { tellParents(change.machine) }
        outcome.rows = rows
        remember(changes.map(\.machine))
        let (world, orders) = (world, orders)
        outcome.committed = { world.observe(changes, orders) }
        return outcome
    }

    private func requireFollowed(_ changes: [SagaChange]) throws {
        let isLeft = changes.contains { change in
            !checked.contains(change.machine.saga.id)
                && change.machine.isLeftBehind(
                    by: replica.build.id, since: change.before, within: ProgramBuild.otherBuildGrace)
        }
        if isLeft { throw ForeignHistory() }
    }

    private func both(_ id: SagaID) -> (now: SagaMachine, before: SagaMachine)? {
        guard let machine = machines[id], let before = loaded[id] else { return nil }
        return (machine, before)
    }

    private mutating func tellParents(_ child: SagaMachine) {
        guard let end = child.end else { return }
        for watcher in world.store.watchers[child.saga.id] ?? [] { reply(end, to: watcher.parent) }
    }

    private func remember(_ changed: [SagaMachine]) {
        let unchanged = machines.keys.sorted().compactMap { id -> SagaMachine? in
            guard let (machine, before) = both(id), !machine.differs(from: before) else { return nil }
            return machine
        }
        replica.cache.put(unchanged + changed)
    }

    /// Everything that was sent and is not answered.
    func outstanding() -> [Message] {
        machines.keys.sorted().compactMap { machines[$0] }.flatMap(\.outstandingCommands)
    }
}

/// The build that is asked does not follow what another has just written: the coordinator's own, in memory.
struct ForeignHistory: Error {}

/// What an operator had done.
struct CarriedOut {
    var order: SagaOrder
    var sagaID: SagaID
    /// In which it was done.
    var run: Int
}

extension SagaMachine {
    /// Whether a reply to this address is of the present run and attempt.
    fileprivate func awaits(_ address: SagaAddress) -> Bool {
        guard address.run == saga.run else { return false }
        let isUndo = address.path.hasSuffix("/undo")
        let step = steps[isUndo ? String(address.path.dropLast(5)) : address.path]
        return (isUndo ? step?.undo?.attempt : step?.attempt) == address.attempt
    }

    /// How the saga ended, as the answer to a step that waits for it.
    fileprivate var end: CommandReply? {
        guard saga.status.isTerminal else { return nil }
        guard saga.status != .completed else { return .accepted(saga.output ?? .emptyObject) }
        return .refused(Refusal(code: "child_\(saga.status.rawValue)", message: saga.key))
    }
}

extension Store {
    /// A later attempt of the same step takes the place of the earlier.
    mutating func watch(_ child: SagaID, _ watcher: Watcher) {
        let parent = watcher.parent
        let index = watchers[child]?.firstIndex {
            $0.parent.sagaID == parent.sagaID && $0.parent.run == parent.run && $0.parent.path == parent.path
        }
        if let index {
            watchers[child]?[index].parent = parent
        } else {
            watchers[child, default: []].append(watcher)
        }
    }
}
