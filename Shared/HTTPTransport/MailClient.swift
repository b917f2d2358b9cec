/// Hands one mail to one recipient's way out. The live one is ``CurlHTTPClient``.
///
/// *Guarantees*: one call sends the mail at most once.
/// *Failure*: `HTTPTransportError` when no server answered. Its `wasSent` says whether the end of the message may have
/// been sent: only then the mail may be on its way. What a server refuses is an answer.
/// *Cancellation*: a cancelled task abandons the exchange and throws `cancelled`.
public protocol MailClient: Sendable {
    func send(_ mail: MailSubmission) async throws -> MailAnswer
}

/// A message with its envelope, for one server (RFC 5321).
public struct MailSubmission: Sendable {
    public enum Security: String, Sendable, CaseIterable {
        /// From the first byte, port 465.
        case tls
        /// `STARTTLS`, without which nothing is sent; port 587.
        case startTLS = "starttls"
        /// None: for a server on this machine.
        case none
    }

    public var host: String
    public var port: Int
    public var security: Security
    /// Nil for a server that asks for no login.
    public var login: (username: String, password: String)?
    /// What we call ourselves in `EHLO`.
    public var clientName: String
    public var sender: String
    public var recipient: String
    /// Lines end with CRLF; dots at their beginnings are left as they are.
    public var message: [UInt8]
    /// From the call of `send` to the last answer.
    public var timeout: Duration = .seconds(300)

    public init(
        host: String, port: Int, security: Security, login: (username: String, password: String)?, clientName: String,
        sender: String, recipient: String, message: [UInt8]
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.login = login
        self.clientName = clientName
        self.sender = sender
        self.recipient = recipient
        self.message = message
    }
}

/// The last reply of the server: 2xx when it has taken the mail, otherwise why it did not; 535 whenever it has refused
/// the login for good, or offers none that is known here.
public struct MailAnswer: Sendable, Equatable {
    public var code: Int
    /// In the server's words, the code included.
    public var text: String

    public init(code: Int, text: String) {
        self.code = code
        self.text = text
    }

    public var isAccepted: Bool { (200...299).contains(code) }
}
