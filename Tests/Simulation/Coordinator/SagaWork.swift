import Commerce
import Messaging
import Sagas

/// What can happen to a saga, with the message that brings it. The coordinator's `SagaInput`, in memory.
struct SagaWork {
    /// `nil` for what the coordinator finds by itself: overdue replies.
    var message: Message?
    var body: Body

    enum Body {
        case message(Message.Body)
        case deadlines(SagaID)
    }

    init(_ message: Message) {
        self.message = message
        body = .message(message.body)
    }

    init(deadlinesOf id: SagaID) {
        body = .deadlines(id)
    }

    var newSaga: Message.NewSaga? {
        switch body {
        case .message(.start(let new)), .message(.child(let new, _)): new
        default: nil
        }
    }

    var parent: SagaAddress? {
        if case .message(.child(_, let parent)) = body { parent } else { nil }
    }

    /// Of the mailbox concerned.
    var key: String? {
        switch body {
        case .message(.start(let new)), .message(.child(let new, _)): new.key
        case .message(.mail(let key, _, _)), .message(.cancelChild(let key, _)): key
        default: nil
        }
    }

    var sagaID: SagaID? {
        switch body {
        case .message(.reply(let address, _)), .message(.retrying(let address, _)),
            .message(.deadLettered(let address, _)), .message(.timer(let address)):
            address.sagaID
        case .message(.verb(let id, _, _)), .deadlines(let id): id
        default: nil
        }
    }
}
