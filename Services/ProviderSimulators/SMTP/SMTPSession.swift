/// One client's conversation with the mail server: a value, without I/O.
///
/// Strict: lines end with CRLF, commands come in the order of RFC 5321, a login is asked for where one is set.
struct SMTPSession: Sendable {
    enum Action: Sendable, Equatable {
        case reply(String)
        /// A whole message; whoever delivers it says how it is answered.
        case mail(Mail)
        case close
    }

    struct Mail: Sendable, Equatable {
        var sender: String
        var recipients: [String]
        /// Without the dots that were stuffed and without the one at the end.
        var bytes: [UInt8]
    }

    private enum Phase: Sendable {
        case command
        /// The login comes on a line of its own.
        case login
        case data
    }

    // LIMIT: RFC 5321, 4.5.3.1: a command line of 512 octets, a text line of 1000.
    private static let commandBytesMax = 512
    private static let lineBytesMax = 1000
    // LIMIT: as advertised.
    private static let messageBytesMax = 26_214_400

    private let login: String?
    private var buffer: [UInt8] = []
    private var phase = Phase.command
    private var isGreeted = false
    private var isLoggedIn: Bool
    private var sender: String?
    private var recipients: [String] = []
    private var message: [UInt8] = []

    /// - Parameter login: base64 of NUL, user, NUL, password; nil asks for none.
    init(login: String?) {
        self.login = login
        isLoggedIn = login == nil
    }

    static let greeting = "220 smtp.simulator.test ESMTP\r\n"

    mutating func receive(_ bytes: [UInt8]) -> [Action] {
        buffer += bytes
        var actions: [Action] = []
        while let end = buffer.firstIndex(of: 0x0A) {
            let line = Array(buffer[..<end])
            buffer.removeSubrange(...end)
            guard line.last == 0x0D else { return actions + [.reply("500 5.5.2 Lines end with CRLF\r\n"), .close] }
            actions += take(Array(line.dropLast()))
            if actions.last == .close { return actions }
        }
        let limit = phase == .data ? Self.lineBytesMax : Self.commandBytesMax
        if buffer.count > limit { return actions + [.reply("500 5.5.2 Line too long\r\n"), .close] }
        return actions
    }

    private mutating func take(_ line: [UInt8]) -> [Action] {
        switch phase {
        case .command: command(String(decoding: line, as: UTF8.self))
        case .login: logIn(String(decoding: line, as: UTF8.self))
        case .data: data(line)
        }
    }

    // MARK: The message

    private mutating func data(_ line: [UInt8]) -> [Action] {
        guard line.count <= Self.lineBytesMax - 2 else { return [.reply("500 5.5.2 Line too long\r\n"), .close] }
        guard line != [UInt8(ascii: ".")] else {
            let mail = Mail(sender: sender ?? "", recipients: recipients, bytes: message)
            resetMail()
            guard mail.bytes.count <= Self.messageBytesMax else { return [.reply("552 5.3.4 Message too big\r\n")] }
            return [.mail(mail)]
        }
        message += line.first == UInt8(ascii: ".") ? line.dropFirst() : line[...]
        message += [0x0D, 0x0A]
        return []
    }

    private mutating func resetMail() {
        phase = .command
        sender = nil
        recipients = []
        message = []
    }

    // MARK: Commands

    private mutating func command(_ line: String) -> [Action] {
        let verb = line.prefix { $0 != " " }.uppercased()
        let rest = String(line.dropFirst(verb.count).drop { $0 == " " })
        switch verb {
        case "EHLO": return greet(rest)
        case "HELO":
            isGreeted = !rest.isEmpty
            return [.reply("250 smtp.simulator.test\r\n")]
        case "NOOP": return [.reply("250 2.0.0 OK\r\n")]
        case "RSET":
            resetMail()
            return [.reply("250 2.0.0 OK\r\n")]
        case "QUIT": return [.reply("221 2.0.0 Bye\r\n"), .close]
        case "AUTH", "MAIL", "RCPT", "DATA":
            guard isGreeted else { return [.reply("503 5.5.1 EHLO first\r\n")] }
            return mailCommand(verb, rest)
        default: return [.reply("502 5.5.1 Command not implemented\r\n")]
        }
    }

    private mutating func greet(_ name: String) -> [Action] {
        guard !name.isEmpty else { return [.reply("501 5.5.4 EHLO needs a name\r\n")] }
        isGreeted = true
        resetMail()
        let lines = ["smtp.simulator.test", "SIZE \(Self.messageBytesMax)", "8BITMIME", "ENHANCEDSTATUSCODES"]
        let all = login == nil ? lines : lines + ["AUTH PLAIN"]
        let last = all.count - 1
        return [.reply(all.enumerated().map { "250\($0.offset == last ? " " : "-")\($0.element)\r\n" }.joined())]
    }

    private mutating func mailCommand(_ verb: String, _ rest: String) -> [Action] {
        if verb == "AUTH" { return authenticate(rest) }
        guard isLoggedIn else { return [.reply("530 5.7.0 Authentication required\r\n")] }
        switch (verb, sender, recipients.isEmpty) {
        case ("MAIL", nil, _):
            guard let address = Self.path(rest, "FROM:") else { return [.reply("501 5.1.7 Bad sender address\r\n")] }
            sender = address
            return [.reply("250 2.1.0 OK\r\n")]
        case ("RCPT", .some, _):
            guard let address = Self.path(rest, "TO:"), address.contains("@") else {
                return [.reply("501 5.1.3 Bad recipient address\r\n")]
            }
            // Nobody lives there: RFC 6761, 6.4.
            guard !address.hasSuffix(".invalid") else { return [.reply("550 5.1.2 Bad destination domain\r\n")] }
            recipients.append(address)
            return [.reply("250 2.1.5 OK\r\n")]
        case ("DATA", .some, false):
            phase = .data
            return [.reply("354 Start mail input; end with <CRLF>.<CRLF>\r\n")]
        default: return [.reply("503 5.5.1 Bad sequence of commands\r\n")]
        }
    }

    private mutating func authenticate(_ rest: String) -> [Action] {
        let parts = rest.split(separator: " ")
        guard parts.first?.uppercased() == "PLAIN", parts.count <= 2 else {
            return [.reply("504 5.5.4 Only PLAIN is offered\r\n")]
        }
        if parts.count == 2 { return logIn(String(parts[1])) }
        phase = .login
        return [.reply("334 \r\n")]
    }

    private mutating func logIn(_ credentials: String) -> [Action] {
        phase = .command
        guard let login, credentials == login else {
            return [.reply("535 5.7.8 Authentication credentials invalid\r\n")]
        }
        isLoggedIn = true
        return [.reply("235 2.7.0 Authentication successful\r\n")]
    }

    private static func path(_ text: String, _ keyword: String) -> String? {
        guard text.uppercased().hasPrefix(keyword) else { return nil }
        let rest = text.dropFirst(keyword.count).drop { $0 == " " }
        guard rest.hasPrefix("<"), let end = rest.firstIndex(of: ">") else { return nil }
        return String(rest[rest.index(after: rest.startIndex)..<end])
    }
}
