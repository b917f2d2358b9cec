import Foundation
import HTTPTransport
import Synchronization

/// A mail server under a test's control: answers one thing after another, and takes everything once they are used up.
final class TestMailServer: MailClient {
    enum Behaviour: Sendable {
        case answer(Int, String)
        case fail(HTTPTransportError)
    }

    private let behaviours = Mutex<[Behaviour]>([])
    private let mails = Mutex<[MailSubmission]>([])

    var received: [MailSubmission] { mails.withLock { $0 } }

    func next(_ behaviours: Behaviour...) {
        self.behaviours.withLock { $0 += behaviours }
    }

    func send(_ mail: MailSubmission) async throws -> MailAnswer {
        mails.withLock { $0.append(mail) }
        switch behaviours.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
        case .answer(let code, let text)?: return MailAnswer(code: code, text: text)
        case .fail(let error)?: throw error
        case nil: return MailAnswer(code: 250, text: "250 2.0.0 OK queued")
        }
    }
}
