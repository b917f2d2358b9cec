import Commerce
import HTTPTransport

/// Sends mails through a workspace's server.
///
/// *Guarantees*: a mail that was perhaps taken is never sent a second time by a call; TLS is not left out where the
/// settings ask for it.
public struct SMTPClient: Sendable {
    private let settings: SMTPSettings
    private let mail: any MailClient

    public init(settings: SMTPSettings, mail: any MailClient) {
        self.settings = settings
        self.mail = mail
    }

    /// The server's words of acceptance.
    ///
    /// Failure: `ProviderFailure`; `unknownOutcome` exactly when the end of the message may have reached the server and
    /// no answer to it came.
    public func send(_ message: [UInt8], to recipient: MailAddress) async throws(ProviderFailure) -> String {
        let submission = MailSubmission(
            host: settings.host, port: settings.port, security: settings.security, login: login,
            clientName: settings.from.domain, sender: (settings.bounceAddress ?? settings.from).address,
            recipient: recipient.address, message: message)
        let answer: MailAnswer
        do {
            answer = try await mail.send(submission)
        } catch {
            throw ProviderFailure(error, effect: .write)
        }
        guard answer.isAccepted else { throw SMTPReply(answer).failure }
        return answer.text
    }

    private var login: (username: String, password: String)? {
        settings.username.map { ($0, settings.password ?? "") }
    }
}
