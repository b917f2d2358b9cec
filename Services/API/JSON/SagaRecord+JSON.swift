import Foundation
import Messaging

extension SagaRecord {
    /// The schema `Saga`.
    var json: JSON { form.adding(further) }

    /// With what is shown of a single saga only.
    /// - Parameter asOf: business time now, by which ages are told.
    func detail(asOf: Date) -> JSON {
        json.adding(["mailbox": .array(mailbox.map(\.json)), "as_of": .time(asOf)])
    }

    private var further: JSON {
        [
            "attributes": .raw(attributes),
            "stuck_reason": .text(stuckReason),
            "pivoted": .bool(pivoted),
            "compensation": .text(compensation),
            "paused_at": .time(pausedAt),
            "build_id": .text(buildID),
            "former_builds": .raw(formerBuilds ?? "[]"),
            "allowed": .strings(allowedVerbs),
        ]
    }

    private var form: JSON {
        [
            "id": .id(id),
            "name": .string(name),
            "key": .string(key),
            "run": .int(run),
            "subject": .text(subject),
            "status": .string(status),
            "business_status": .text(businessStatus),
            "waiting_on": waitingOn?.json ?? .null,
            "input": .raw(input),
            "output": output.map(JSON.raw) ?? .null,
            "error": errorJSON,
            "started_at": .time(startedAt),
            "updated_at": .time(updatedAt),
            "steps": .array(steps.map { $0.json(effects) }),
        ]
    }

    /// A saga can be stuck without an error of its own: on silence, for instance.
    private var errorJSON: JSON {
        if let error { return .raw(error) }
        guard let stuckReason else { return .null }
        let words = [StuckReason.sentence(stuckReason), obstacle(stuckReason)].compactMap(\.self)
        return ["code": .string(stuckReason), "message": .string(words.joined(separator: " "))]
    }

    /// What it is stuck on, and whose that is.
    private func obstacle(_ reason: String) -> String? {
        guard let step = steps.first(where: { $0.trouble == reason || $0.undo?.trouble == reason }) else { return nil }
        let name = step.trouble == reason ? step.name : step.undo?.name ?? step.name
        return "It is \(name) at \(step.path)" + (step.owner.map { ", of \($0)." } ?? ".")
    }
}

extension SagaRecord.WaitingOn {
    fileprivate var json: JSON {
        ["kind": .string(kind), "name": .string(name), "since": .time(since), "until": .time(until)]
    }
}

extension SagaRecord.Step {
    /// - Parameter effects: nil where they were not read.
    fileprivate func json(_ effects: SagaEffects?) -> JSON {
        let undo = undo.map { $0.json.adding(effects?.members(of: "\(path)/undo") ?? []) } ?? .null
        let whole = form.adding([JSON.Member(name: "undo", value: undo)]).adding(further)
        return whole.adding(effects?.members(of: path) ?? [])
    }

    private var further: JSON {
        [
            "seq": .number(seq),
            "owner": .text(owner),
            "trouble": .text(trouble),
            "lost": .bool(lost),
            "event_type": .text(eventType),
            "due_at": .time(dueAt),
            "deadline_at": .time(deadlineAt),
        ]
    }

    private var form: JSON {
        [
            "path": .string(path),
            "kind": .string(kind),
            "name": .string(name),
            "status": .string(status),
            "attempts": .int(attempts),
            "error": error.map(JSON.raw) ?? .null,
            "result": result.map(JSON.raw) ?? .null,
            "started_at": .time(startedAt),
            "finished_at": .time(finishedAt),
        ]
    }
}

extension SagaRecord.Undo {
    fileprivate var json: JSON {
        [
            "name": .string(name),
            "status": .string(status),
            "attempts": .int(attempt ?? 0),
            "error": error.map { ["code": .string($0.code), "message": .string($0.message)] } ?? .null,
            "trouble": .text(trouble),
        ]
    }
}

extension SagaEffects {
    fileprivate func members(of path: String) -> [JSON.Member] {
        [
            .init(name: "effect", value: calls[path]?.json ?? .null),
            .init(name: "dead_letter_id", value: .id(deadLetters[path])),
        ]
    }
}
