import Commerce
import Contracts
import Foundation
import Messaging
import Sagas

extension SagaBatch {
    /// Carries out what an operator asks for, with a row in the audit log.
    mutating func operate(_ command: OperateSaga, _ transaction: HandlerTransaction) async throws -> CommandReply {
        if let saga = unknown[command.sagaID], saga.workspaceID == transaction.workspaceID {
            return .refused(
                Refusal(code: "unknown_saga", message: "\(UnknownSaga(name: saga.name)); try again once it runs"))
        }
        guard var machine = machines[command.sagaID], machine.saga.workspaceID == transaction.workspaceID else {
            return .refused(Refusal(code: "not_found", message: "there is no saga \(command.sagaID)"))
        }
        let before = machine.saga
        do {
            if let signal = command.signal {
                try machine.check(signal: signal.name, data: RawJSON(text: signal.data))
            }
            try machine.apply(command.order())
        } catch let refusal as Refusal {
            return .refused(refusal)
        }
        if let signal = command.signal { try await deliver(signal, to: &machine, transaction) }
        replace(machine)
        try await transaction.audit(
            AuditEntry(
                action: "saga.\(command.verb.rawValue)", subject: command.sagaID.description, reason: command.reason,
                before: try RawJSON(encoding: AuditedSaga(before)),
                after: try RawJSON(encoding: AuditedSaga(machine.saga, after: command))))
        return .accepted(.emptyObject)
    }

    private func deliver(
        _ signal: OperateSaga.Signal, to machine: inout SagaMachine, _ transaction: HandlerTransaction
    ) async throws {
        let entry = MailboxStore.NewEntry(
            messageID: transaction.context.causationID ?? "", type: signal.name, data: RawJSON(text: signal.data))
        let ids = try await MailboxStore.insert(
            [(MailboxAddress(machine.saga), entry)], at: transaction.now, in: transaction.database)
        for id in ids { machine.deliver(MailboxEntry(id: id, type: entry.type, data: entry.data)) }
    }
}

extension OperateSaga {
    /// - Throws: ``Refusal`` when the verb lacks what it needs.
    fileprivate func order() throws -> SagaOrder {
        switch verb {
        case .pause: .pause
        case .resume: .resume
        case .retry: .retry
        case .cancel: .cancel
        case .terminate: .terminate
        case .restart: .restart
        case .signal: .signal
        case .skip: .skip(path: try required(path), result: try checkedResult(), keepUndo: keepUndo ?? false)
        case .fireTimer: .fireTimer(path: try required(path))
        }
    }

    private func required(_ path: String?) throws -> String {
        guard let path, !path.isEmpty else {
            throw Refusal(code: "unknown_step", message: "\(verb.rawValue) needs the path of an operation")
        }
        return path
    }

    private func checkedResult() throws -> RawJSON {
        let result = RawJSON(text: result ?? "{}")
        guard (try? JSONSerialization.jsonObject(with: Data(result.bytes), options: .fragmentsAllowed)) != nil else {
            throw Refusal(code: "bad_result", message: "the result is not JSON")
        }
        guard result.bytes.count <= SagaBounds.payloadMax else {
            throw Refusal(code: "bad_result", message: "the result is larger than \(SagaBounds.payloadMax) bytes")
        }
        return result
    }
}

/// What the audit log keeps of a saga, and of what an operator has told it beside the verb.
private struct AuditedSaga: Encodable {
    var status: String
    var run: Int
    var businessStatus: String?
    /// Of a skip or a timer: the operation.
    var path: String?
    /// What the operation is taken to have answered; whether that is undone like an answer of its owner.
    var result: String?
    var keepUndo: Bool?
    /// Of a signal: the event, and what it says.
    var signal: String?
    var data: String?

    init(_ saga: SagaInstance, after command: OperateSaga? = nil) {
        status = saga.status.rawValue
        run = saga.run
        businessStatus = saga.businessStatus
        path = command?.path
        result = command?.result
        keepUndo = command?.keepUndo
        signal = command?.signal?.name
        data = command?.signal?.data
    }

    enum CodingKeys: String, CodingKey {
        case status, run, path, result, signal, data
        case businessStatus = "business_status"
        case keepUndo = "keep_undo"
    }
}
