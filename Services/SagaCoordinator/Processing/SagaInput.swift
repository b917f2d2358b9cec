import Commerce
import Contracts
import Foundation
import Messaging
import Sagas

/// What can happen to a saga, read from a message.
enum SagaInput: Sendable {
    case start(NewSaga)
    case mail(MailboxAddress, MailboxStore.NewEntry)
    case reply(SagaAddress, CommandReply)
    case retrying(SagaAddress, CommandRetrying)
    case deadLettered(SagaAddress, CommandDeadLettered)
    case timer(SagaAddress)
    case verb(OperateSaga)
    case deadlines(SagaID)
}

/// Which mailbox: sagas that do not exist yet have one too.
struct MailboxAddress: Hashable, Sendable {
    var workspaceID: WorkspaceID
    var saga: String
    var key: String
}

struct NewSaga: Sendable {
    var address: MailboxAddress
    var input: RawJSON
    var context: MessageContext
}

/// A timer of a saga's step is due: a message of the coordinator to itself.
struct FireSagaTimer: Command {
    typealias Reply = Done
    static let owner = ServiceName.sagaCoordinator
}

extension SagaCatalog {
    /// Reads a message. One event may be for several sagas.
    /// - Throws: `MalformedMessage`, or a `Refusal` of a command.
    func inputs(of envelope: Envelope) throws -> [SagaInput] {
        let attributes = envelope.attributes
        let address = SagaAddress(attributes)
        switch attributes.type {
        case CommandReply.type:
            return [.reply(try required(address), CommandReply(body: try envelope.data()))]
        case CommandRetrying.type:
            return [.retrying(try required(address), try envelope.data())]
        case CommandDeadLettered.type:
            return [.deadLettered(try required(address), try envelope.data())]
        case FireSagaTimer.name:
            return [.timer(try required(address))]
        case OperateSaga.name:
            return [.verb(try envelope.data())]
        case StartSaga.name:
            return [.start(try start(envelope.data(), envelope))]
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

    private func start(_ command: StartSaga, _ envelope: Envelope) throws -> NewSaga {
        guard let definition = self[command.saga] else {
            let known = definitions.map(\.name).joined(separator: ", ")
            throw Refusal(code: "unknown_saga", message: "there is no saga '\(command.saga)', only: \(known)")
        }
        let input = RawJSON(text: command.input)
        try definition.validate(input: input)
        return NewSaga(
            address: MailboxAddress(
                workspaceID: envelope.attributes.workspaceid, saga: command.saga, key: command.key),
            input: input, context: .init(causedBy: envelope))
    }

    private func events(_ envelope: Envelope, _ definition: SagaDefinition) throws -> [SagaInput] {
        let workspaceID = envelope.attributes.workspaceid
        var inputs: [SagaInput] = []
        if let (key, input) = try definition.start(on: envelope) {
            let address = MailboxAddress(workspaceID: workspaceID, saga: definition.name, key: key)
            inputs.append(.start(NewSaga(address: address, input: input, context: .init(causedBy: envelope))))
        }
        if let key = try definition.key(of: envelope) {
            let address = MailboxAddress(workspaceID: workspaceID, saga: definition.name, key: key)
            inputs.append(
                .mail(
                    address,
                    .init(
                        messageID: envelope.attributes.id, type: envelope.attributes.type, data: try envelope.rawData())
                ))
        }
        return inputs
    }
}
