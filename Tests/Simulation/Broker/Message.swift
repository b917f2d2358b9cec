import Commerce
import Messaging
import Sagas

/// A message as the simulated broker carries it, and the queue it is for.
struct Message {
    var id: String
    var queue: Queue
    var body: Body

    enum Queue: String, CaseIterable {
        case coordinator, local, provider
        /// Whoever listens to what sagas publish.
        case audience
    }

    enum Body {
        case start(NewSaga)
        case child(NewSaga, parent: SagaAddress)
        case cancelChild(key: String, parent: SagaAddress)
        case mail(key: String, type: String, data: RawJSON)
        case reply(SagaAddress, CommandReply)
        case retrying(SagaAddress, CommandRetrying)
        case deadLettered(SagaAddress, CommandDeadLettered)
        case timer(SagaAddress)
        case verb(SagaID, SagaOrder, signal: Signal?)
        case command(name: String, data: RawJSON, SagaAddress)
        /// From the publish step at this address.
        case published(SagaAddress)
    }

    struct NewSaga {
        var key: String
        var input: RawJSON
    }

    struct Signal {
        var type: String
        var data: RawJSON
    }
}

extension Message: CustomStringConvertible {
    var description: String { "\(body.words) to \(queue.rawValue) [\(id.suffix(30))]" }
}

extension Message.Body {
    fileprivate var words: String {
        switch self {
        case .start(let new): "start \(new.key)"
        case .child(let new, let parent): "start child \(new.key) for \(parent.short)"
        case .cancelChild(let key, let parent): "cancel child \(key) for \(parent.short)"
        case .mail(let key, let type, let data): "\(type) for \(key) \(data.text)"
        case .reply(let address, let reply): "reply \(reply.short) to \(address.short)"
        case .retrying(let address, let news): "retrying \(news.attempt) of \(address.short)"
        case .deadLettered(let address, _): "dead-lettered \(address.short)"
        case .timer(let address): "timer \(address.short)"
        case .verb(let id, let order, _): "\(order.verb.rawValue) \(id.short)"
        case .command(let name, let data, let address): "\(name) \(data.text) from \(address.short)"
        case .published(let address): "event of \(address.short)"
        }
    }
}

extension SagaID {
    var short: String { String(description.suffix(6)) }
}

extension SagaAddress {
    var short: String { "\(sagaID.short)/\(run)/\(path)#\(attempt)" }
    /// The intent, whichever attempt: what an effect is known by.
    var intent: String { "\(sagaID.short)/\(run)/\(path)" }
    /// One intent and attempt, one message id, however often it is sent.
    var messageID: String { "\(intent)/\(attempt)" }
}

extension CommandReply {
    fileprivate var short: String {
        switch self {
        case .accepted(let result): result.text
        case .refused(let refusal): refusal.code
        }
    }
}
