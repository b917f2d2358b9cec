import Commerce
import Contracts
import Foundation
import Messaging
import Sagas

extension SagaCatalog {
    /// The messages that are for sagas, besides the events they listen to.
    static let messageTypes = [
        CommandReply.type, CommandRetrying.type, CommandDeadLettered.type, FireSagaTimer.name, ChildMessage.start,
        ChildMessage.cancel, OperateSaga.name, StartSaga.name, ImportSaga.name,
    ]

    /// Reads a message. One event may be for several sagas.
    /// - Throws: `MalformedMessage`, or a `Refusal` of a command.
    func inputs(of envelope: Envelope) throws -> [SagaInput] {
        let address = SagaAddress(envelope.attributes)
        let firing = address.flatMap(ScheduleAddress.init)
        switch envelope.attributes.type {
        case CommandReply.type:
            let reply = try envelope.commandReply()
            if let firing { return [.firing(ScheduleNews(firing, reply))] }
            return [.reply(try required(address), reply)]
        case CommandRetrying.type:
            let news: CommandRetrying = try envelope.data()
            if let firing { return [.firing(ScheduleNews(firing, .retrying, news.error))] }
            return [.retrying(try required(address), news)]
        case CommandDeadLettered.type:
            let news: CommandDeadLettered = try envelope.data()
            if let firing { return [.firing(ScheduleNews(firing, .deadLettered, news.error))] }
            return [.deadLettered(try required(address), news)]
        case FireSagaTimer.name:
            return [.timer(try required(address))]
        case ChildMessage.start:
            return [.child(try child(envelope.data(), envelope), parent: try required(address))]
        case ChildMessage.cancel:
            let child: ChildRequest = try envelope.data()
            let mailbox = MailboxAddress(
                workspaceID: envelope.attributes.workspaceid, saga: child.saga, key: child.key)
            return [.cancelChild(mailbox, parent: try required(address))]
        case OperateSaga.name:
            return [.verb(try envelope.data())]
        case ImportSaga.name:
            return [.imported(try envelope.data())]
        case StartSaga.name:
            return [.start(try started(envelope.data(), envelope))]
        default:
            return try definitions.flatMap { try events(envelope, $0) }
        }
    }

    private func required(_ address: SagaAddress?) throws -> SagaAddress {
        guard let address else {
            throw MalformedMessage("sagaid, sagarun, sagapath and sagaattempt are needed on a reply")
        }
        return address
    }

    /// A saga asks for a child that it knows: a build that does not must not answer for those that do.
    private func child(_ request: ChildRequest, _ envelope: Envelope) throws -> NewSaga {
        guard let definition = self[request.saga] else { throw UnknownSaga(name: request.saga) }
        return try new(definition, request.key, request.input, envelope)
    }

    private func started(_ command: StartSaga, _ envelope: Envelope) throws -> NewSaga {
        guard let definition = self[command.saga] else {
            let known = definitions.map(\.name).joined(separator: ", ")
            throw Refusal(code: "unknown_saga", message: "there is no saga '\(command.saga)', only: \(known)")
        }
        return try new(definition, command.key, command.input, envelope)
    }

    private func new(
        _ definition: SagaDefinition, _ key: String, _ input: String, _ envelope: Envelope
    ) throws -> NewSaga {
        let input = RawJSON(text: input)
        try definition.validate(input: input)
        return NewSaga(
            address: MailboxAddress(workspaceID: envelope.attributes.workspaceid, saga: definition.name, key: key),
            input: input, context: .init(causedBy: envelope))
    }

    private func events(_ envelope: Envelope, _ definition: SagaDefinition) throws -> [SagaInput] {
        let workspaceID = envelope.attributes.workspaceid
        var inputs: [SagaInput] = []
        if let (key, input) = try definition.start(on: envelope) {
            try requireBounded(input, "the input of \(definition.name)")
            let address = MailboxAddress(workspaceID: workspaceID, saga: definition.name, key: key)
            inputs.append(.start(NewSaga(address: address, input: input, context: .init(causedBy: envelope))))
        }
        if let key = try definition.key(of: envelope) {
            let address = MailboxAddress(workspaceID: workspaceID, saga: definition.name, key: key)
            let data = try envelope.rawData()
            try requireBounded(data, "the event")
            let entry = MailboxStore.NewEntry(
                messageID: envelope.attributes.id, type: envelope.attributes.type, data: data)
            inputs.append(.mail(address, entry))
        }
        return inputs
    }

    /// - Throws: `MalformedMessage`: a history must not hold it, and an operator can edit the dead letter.
    private func requireBounded(_ payload: RawJSON, _ name: String) throws {
        if let objection = SagaBounds.objection(to: payload, name) { throw MalformedMessage(objection.description) }
    }
}
