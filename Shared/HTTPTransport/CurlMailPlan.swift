/// A mail checked and worded for libcurl.
struct CurlMailPlan: Sendable {
    let url: String
    let wantsSTARTTLS: Bool
    let username: String?
    let password: String?
    let sender: String
    let recipient: String
    let message: [UInt8]

    init(_ mail: MailSubmission) throws(HTTPTransportError) {
        guard mail.host.isHostName, mail.clientName.isHostName, (1...65_535).contains(mail.port) else {
            throw HTTPTransportError(code: .invalidURL, message: "the mail server's name is malformed", wasSent: false)
        }
        guard mail.sender.isMailbox, mail.recipient.isMailbox else {
            throw HTTPTransportError(
                code: .invalidRequest, message: "an address of the mail is malformed", wasSent: false)
        }
        url = "\(mail.security == .tls ? "smtps" : "smtp")://\(mail.host):\(mail.port)/\(mail.clientName)"
        wantsSTARTTLS = mail.security == .startTLS
        username = mail.login?.username
        password = mail.login?.password
        sender = "<\(mail.sender)>"
        recipient = "<\(mail.recipient)>"
        message = mail.message
    }
}

extension String {
    /// Letters, digits, dots, hyphens and, of IPv6 in brackets, colons.
    fileprivate var isHostName: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5B, 0x5D, 0x5F: true
                default: false
                }
            }
    }

    /// Nothing that could end the command line it stands in, or its angle brackets.
    fileprivate var isMailbox: Bool {
        let parts = split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3C && $0 != 0x3E && $0 != 0x5C && $0 != 0x22 }
    }
}
