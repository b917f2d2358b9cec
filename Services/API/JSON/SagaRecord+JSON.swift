extension SagaRecord {
    /// INTERFACES, Sagas.
    var json: JSON {
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
            "steps": .array(steps.map(\.json)),
        ]
    }

    /// A saga can be stuck without an error of its own: on silence, for instance.
    private var errorJSON: JSON {
        if let error { return .raw(error) }
        guard let stuckReason else { return .null }
        return ["code": .string(stuckReason), "message": .string("The saga is stuck: \(stuckReason).")]
    }
}

extension SagaRecord.WaitingOn {
    fileprivate var json: JSON {
        ["kind": .string(kind), "name": .string(name), "since": .time(since), "until": .time(until)]
    }
}

extension SagaRecord.Step {
    fileprivate var json: JSON {
        [
            "path": .string(path),
            "kind": .string(kind),
            "name": .string(name),
            "status": .string(status),
            "attempts": .int(attempts),
            "error": error.map(JSON.raw) ?? .null,
            "undo": undo.map { ["name": .string($0.name), "status": .string($0.status)] } ?? .null,
            "result": result.map(JSON.raw) ?? .null,
            "started_at": .time(startedAt),
            "finished_at": .time(finishedAt),
        ]
    }
}
