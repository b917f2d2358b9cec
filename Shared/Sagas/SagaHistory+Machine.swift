import Commerce
import Foundation
import Messaging

extension SagaHistory {
    public init(_ machine: SagaMachine) {
        saga = Head(machine.saga)
        steps = machine.steps.values.sorted(by: SagaStep.inOrder).map(Step.init)
        mail = machine.mailbox.map(Mail.init)
    }

    /// Checks that `definition` does what the history says.
    /// - Throws: ``Refusal`` `bad_history`, naming what differs.
    public func replay(by definition: SagaDefinition) throws {
        let id = SagaID(uuid: UUID(named: "\(saga.name)/\(saga.key)"))
        let machine = try machine(
            id: id, workspaceID: WorkspaceID(uuid: id.uuid), actor: "replay", definition: definition,
            now: saga.updatedAt)
        if let misfit = definition.misfit(machine) ?? machine.forgotten() {
            throw Refusal(code: "bad_history", message: "\(saga.name) does not replay: \(misfit)")
        }
    }

    /// The saga as it was recorded, under a new id.
    public func machine(
        id: SagaID, workspaceID: WorkspaceID, actor: String, definition: SagaDefinition, now: Date
    ) throws -> SagaMachine {
        guard format == 1 else {
            throw Refusal(code: "bad_history", message: "format \(format) is of a newer build; this one reads format 1")
        }
        try checkCounts()
        return SagaMachine(
            try saga.instance(id: id, workspaceID: workspaceID, actor: actor), steps: try steps.map { try $0.step() },
            mailbox: mail.map(\.entry), definition: definition, now: now)
    }
}

extension SagaHistory {
    /// Refuses what no export of ours holds, and what going on from would overflow.
    private func checkCounts() throws {
        var paths: Set<String> = []
        for step in steps where !paths.insert(step.path).inserted {
            throw Refusal(code: "bad_history", message: "there are two operations at \(step.path)")
        }
        try Self.check([saga.run, saga.nextSeq] + mail.compactMap(\.consumedRun), SagaBounds.counts, "the saga")
        for step in steps {
            let place = "operation \(step.path)"
            let counts = [step.attempt, step.tries, step.seq, step.undo?.attempt].compactMap(\.self)
            try Self.check(counts, SagaBounds.counts, place)
            let limits = [step.replyWithinMilliseconds, step.undo?.replyWithinMilliseconds].compactMap(\.self)
            try Self.check(limits, SagaBounds.replyWithinMilliseconds, place)
        }
    }

    private static func check(_ numbers: [Int], _ possible: ClosedRange<Int>, _ place: String) throws {
        guard let wrong = numbers.first(where: { !possible.contains($0) }) else { return }
        throw Refusal(code: "bad_history", message: "\(place) has a count of \(wrong), which cannot be")
    }
}

extension SagaMachine {
    /// What the history holds and the code does not come by; `nil` when there is nothing.
    func forgotten() -> String? {
        let recorder = SagaRecorder(self, mode: .observe)
        _ = definition.replay(saga.input, SagaContext(recorder))
        return firstUnvisited(recorder).map {
            "the history has \($0.kind.rawValue) \($0.name) at \($0.path), the code has not"
        }
    }
}

extension SagaHistory.Head {
    init(_ saga: SagaInstance) {
        name = saga.name
        key = saga.key
        subject = saga.subject
        run = saga.run
        status = saga.status.rawValue
        businessStatus = saga.businessStatus
        attributes = saga.attributes
        input = saga.input.text
        output = saga.output?.text
        error = saga.error
        stuckReason = saga.stuckReason
        cause = saga.cause
        pausedAt = saga.pausedAt
        pivoted = saga.pivoted
        compensation = saga.compensation?.rawValue
        nextSeq = saga.nextSeq
        startedAt = saga.startedAt
        updatedAt = saga.updatedAt
    }

    func instance(id: SagaID, workspaceID: WorkspaceID, actor: String) throws -> SagaInstance {
        guard let status = SagaStatus(rawValue: status) else {
            throw Refusal(code: "bad_history", message: "'\(status)' is no status of a saga")
        }
        var saga = SagaInstance(
            id: id, workspaceID: workspaceID, name: name, key: key, subject: subject, input: RawJSON(text: input),
            actor: actor, startedAt: startedAt)
        saga.run = run
        saga.status = status
        saga.businessStatus = businessStatus
        saga.attributes = attributes
        saga.output = output.map(RawJSON.init(text:))
        saga.error = error
        saga.stuckReason = stuckReason
        saga.cause = cause
        saga.pausedAt = pausedAt
        saga.pivoted = pivoted
        saga.compensation = compensation.flatMap(CompensationCause.init)
        saga.nextSeq = nextSeq
        saga.updatedAt = updatedAt
        return saga
    }
}

extension SagaHistory.Step {
    init(_ step: SagaStep) {
        path = step.path
        kind = step.kind.rawValue
        name = step.name
        status = step.status.rawValue
        seq = step.seq
        owner = step.owner?.rawValue
        attempt = step.attempt
        tries = step.tries
        request = step.request?.text
        replyWithinMilliseconds = step.replyWithin.map { Int($0 / .milliseconds(1)) }
        result = step.result?.text
        error = step.error
        eventID = step.eventID
        eventType = step.eventType
        undo = step.undo
        undoEvaluated = step.undoEvaluated
        lost = step.lost
        trouble = step.trouble
        dueAt = step.dueAt
        deadlineAt = step.deadlineAt
        startedAt = step.startedAt
        finishedAt = step.finishedAt
    }

    func step() throws -> SagaStep {
        guard let kind = SagaStep.Kind(rawValue: kind), let status = SagaStep.Status(rawValue: status) else {
            throw Refusal(
                code: "bad_history", message: "operation \(path) is \(kind) \(status), which this build does not know")
        }
        var step = SagaStep(path: path, kind: kind, name: name, status: status, startedAt: startedAt)
        step.seq = seq
        step.owner = owner.map(ServiceName.init)
        step.attempt = attempt
        step.tries = tries
        step.request = request.map(RawJSON.init(text:))
        step.replyWithin = replyWithinMilliseconds.map { .milliseconds($0) }
        step.result = result.map(RawJSON.init(text:))
        step.error = error
        step.eventID = eventID
        step.eventType = eventType
        step.undo = undo
        step.undoEvaluated = undoEvaluated
        step.lost = lost
        step.trouble = trouble
        step.dueAt = dueAt
        step.deadlineAt = deadlineAt
        step.finishedAt = finishedAt
        return step
    }
}

extension SagaHistory.Mail {
    init(_ entry: MailboxEntry) {
        id = entry.id
        type = entry.type
        data = entry.data.text
        consumedRun = entry.consumedRun
        consumedPath = entry.consumedPath
    }

    var entry: MailboxEntry {
        MailboxEntry(
            id: id, type: type, data: RawJSON(text: data), consumedRun: consumedRun, consumedPath: consumedPath)
    }
}
