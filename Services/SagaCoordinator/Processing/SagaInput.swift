import Commerce
import Contracts
import Foundation
import Messaging
import Sagas

/// What can happen to a saga, read from a message.
enum SagaInput: Sendable {
    case start(NewSaga)
    /// A step of another saga asks for a child, or no longer wants it.
    case child(NewSaga, parent: SagaAddress)
    case cancelChild(MailboxAddress, parent: SagaAddress)
    case mail(MailboxAddress, MailboxStore.NewEntry)
    case reply(SagaAddress, CommandReply)
    case retrying(SagaAddress, CommandRetrying)
    case deadLettered(SagaAddress, CommandDeadLettered)
    case timer(SagaAddress)
    case verb(OperateSaga)
    case deadlines(SagaID)
    case imported(ImportSaga)
    /// Not for a saga, but on the same way: what is said of a schedule's command.
    case firing(ScheduleNews)
}

/// Which mailbox: sagas that do not exist yet have one too.
struct MailboxAddress: Hashable, Sendable {
    var workspaceID: WorkspaceID
    var saga: String
    var key: String
}

extension MailboxAddress {
    init(_ saga: SagaInstance) {
        self.init(workspaceID: saga.workspaceID, saga: saga.name, key: saga.key)
    }
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

/// A step starts a child, or gives up the one it started: messages of the coordinator to itself, with the step's
/// address. The child's end is the step's reply.
enum ChildMessage {
    static let start = "StartChildSaga"
    static let cancel = "CancelChildSaga"
}

extension SagaInput {
    /// News are shown and nothing else: a saga owes nothing because of them, and they are not worth another try.
    var isNews: Bool {
        switch self {
        case .retrying, .deadLettered, .firing: true
        case .start, .child, .cancelChild, .mail, .reply, .timer, .verb, .deadlines, .imported: false
        }
    }

    var scheduleNews: ScheduleNews? {
        if case .firing(let news) = self { news } else { nil }
    }

    var newSaga: NewSaga? {
        switch self {
        case .start(let saga), .child(let saga, _): saga
        default: nil
        }
    }

    var mail: (MailboxAddress, MailboxStore.NewEntry)? {
        if case .mail(let address, let entry) = self { (address, entry) } else { nil }
    }

    var mailboxAddress: MailboxAddress? {
        switch self {
        case .start(let saga), .child(let saga, _): saga.address
        case .mail(let address, _), .cancelChild(let address, _): address
        case .reply, .retrying, .deadLettered, .timer, .verb, .deadlines, .imported, .firing: nil
        }
    }

    /// The saga that an operator wants to begin anew.
    var restarted: SagaID? {
        if case .verb(let command) = self, command.verb == .restart { command.sagaID } else { nil }
    }

    var sagaID: SagaID? {
        switch self {
        case .reply(let address, _), .retrying(let address, _), .deadLettered(let address, _), .timer(let address):
            address.sagaID
        case .verb(let command): command.sagaID
        case .deadlines(let id): id
        case .start, .child, .cancelChild, .mail, .imported, .firing: nil
        }
    }
}
