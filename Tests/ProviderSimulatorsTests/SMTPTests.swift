import Foundation
import HTTPTransport
import Logging
import Testing

@testable import ProviderSimulators

@Suite("The mail server, and the client that talks to it")
struct SMTPTests {
    private static let login = Data("\0user\0secret".utf8).base64EncodedString()
    private static let mail = """
        Date: Wed, 04 Mar 2026 10:16:30 +0000\r
        From: "Mienne" <returns@mienne.com>\r
        To: ana@example.com\r
        Subject: =?utf-8?B?w4l0aXF1ZXR0ZQ==?=\r
        Message-ID: <abc@mienne.com>\r
        MIME-Version: 1.0\r
        Content-Type: text/plain; charset=utf-8\r
        Content-Transfer-Encoding: quoted-printable\r
        \r
        .a line with a dot, =C3=A9\r

        """

    private struct Server: Sendable {
        let port: Int
        let router: SimulatorRouter

        func submission(
            password: String = "secret", recipient: String = "ana@example.com", text: String = mail
        ) -> MailSubmission {
            MailSubmission(
                host: "127.0.0.1", port: port, security: .none, login: ("user", password), clientName: "mienne.com",
                sender: "bounce@mienne.com", recipient: recipient, message: Array(text.utf8))
        }

        func control(_ method: String, _ path: String, _ body: JSON? = nil) async -> JSON {
            let bytes = body?.bytes ?? []
            let request = SimulatedRequest(
                method: method, origin: "", fullPath: path, path: path, query: [], headers: [], bytes: bytes,
                body: SimulatedRequest.parseBody(bytes), now: Date(timeIntervalSince1970: 0))
            guard case .answer(let response) = await router.respond(to: request) else { return .null }
            return response.document
        }
    }

    private static func with(_ body: @escaping @Sendable (Server) async throws -> Void) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let (faults, journal, background, time) = (FaultPlan(), Journal(), BackgroundWork(), SimulatorTime())
        let webhooks = WebhookSender(
            transport: RecordingTransport(), faults: faults, background: background, time: time, logger: logger)
        let providers: [any HostedProvider] = [
            ProviderHost(SMTPSimulator(), webhooks: webhooks, background: background, time: time)
        ]
        let router = SimulatorRouter(
            providers: providers,
            exchange: Exchange(journal: journal, faults: faults, background: background, time: time),
            control: ControlSurface(providers: providers, journal: journal, faults: faults, webhooks: webhooks))
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = SMTPServer(
            host: "127.0.0.1", port: 0, login: login, deliver: { await router.deliver($0) }, now: time.now,
            logger: logger, onReady: { continuation.yield($0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask {
                for await port in ports {
                    try await body(Server(port: port, router: router))
                    return
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    @Test("a mail arrives whole, with its dots, and is shown as people read it")
    func whole() async throws {
        try await Self.with { server in
            let answer = try await CurlHTTPClient().send(server.submission())
            #expect(answer.code == 250 && answer.text.contains("queued"))
            let messages = await server.control("GET", "/_sim/smtp/messages")
            let message = messages["data"][0]
            #expect(message["subject"].string == "Étiquette")
            #expect(message["message_id"].string == "<abc@mienne.com>")
            #expect(message["text"].string?.hasPrefix(".a line with a dot, é") == true)
            #expect(message["envelope_to"][0].string == "ana@example.com")
        }
    }

    @Test("a refusal is an answer: of the login, of the recipient, and of the message by a fault")
    func refusals() async throws {
        try await Self.with { server in
            let denied = try await CurlHTTPClient().send(server.submission(password: "wrong"))
            #expect(denied.code == 535)
            let nobody = try await CurlHTTPClient().send(server.submission(recipient: "ana@nowhere.invalid"))
            #expect(nobody.code == 550 && nobody.text.contains("5.1.2"))
            _ = await server.control(
                "POST", "/_sim/faults", ["provider": "smtp", "method": "DATA", "mode": "status", "status": 451])
            let busy = try await CurlHTTPClient().send(server.submission())
            #expect(busy.code == 451 && !busy.isAccepted)
            #expect(try await CurlHTTPClient().send(server.submission()).isAccepted)
        }
    }

    @Test(
        "an answer lost after the end of the message is told apart, whatever its lines: the mail may be there",
        arguments: ["drop_after", "drop_before"], [mail, mail.replacing("\r\n.a", with: "\r\na")])
    func lostAnswer(mode: String, text: String) async throws {
        try await Self.with { server in
            _ = await server.control(
                "POST", "/_sim/faults", ["provider": "smtp", "method": "DATA", "mode": .string(mode)])
            let error = await #expect(throws: HTTPTransportError.self) {
                try await CurlHTTPClient().send(server.submission(text: text))
            }
            #expect(error?.wasSent == true)
            let messages = await server.control("GET", "/_sim/smtp/messages")
            #expect(messages["data"].array?.count == (mode == "drop_after" ? 1 : 0))
        }
    }

    @Test("nothing was sent where nobody listens, and where STARTTLS is wanted and not offered")
    func nothingSent() async throws {
        try await Self.with { server in
            var submission = server.submission()
            submission.security = .startTLS
            let plain = submission
            let refused = await #expect(throws: HTTPTransportError.self) { try await CurlHTTPClient().send(plain) }
            #expect(refused?.wasSent == false && refused?.code == .tls)
            submission.security = .none
            submission.port = 1
            let nowhere = submission
            let error = await #expect(throws: HTTPTransportError.self) { try await CurlHTTPClient().send(nowhere) }
            #expect(error?.wasSent == false && error?.code == .connect)
        }
    }

    @Test(
        "addresses that would say more than where to are refused before anything is sent",
        arguments: ["a@b.c>\r\nDATA", "a b@c.de", "<a@b.c", "nobody", "a@b@c"])
    func hostileAddress(address: String) async throws {
        var submission = MailSubmission(
            host: "127.0.0.1", port: 1, security: .none, login: nil, clientName: "mienne.com", sender: "a@b.c",
            recipient: address, message: [])
        let given = submission
        let error = await #expect(throws: HTTPTransportError.self) { try await CurlHTTPClient().send(given) }
        #expect(error?.code == .invalidRequest)
        submission.recipient = "a@b.c"
        submission.host = "evil/../host"
        let other = submission
        #expect(
            await #expect(throws: HTTPTransportError.self) { try await CurlHTTPClient().send(other) }?.code
                == .invalidURL)
    }

    @Test("the conversation is strict")
    func strict() {
        func replies(_ lines: String, login: String? = nil) -> [SMTPSession.Action] {
            var session = SMTPSession(login: login)
            return session.receive(Array(lines.utf8))
        }
        func codes(_ actions: [SMTPSession.Action]) -> [String] {
            actions.map { action in
                switch action {
                case .reply(let text): String(text.prefix(3))
                case .close: "close"
                case .mail: "mail"
                }
            }
        }
        #expect(codes(replies("MAIL FROM:<a@b.c>\r\n")) == ["503"])
        #expect(codes(replies("EHLO x\nQUIT\r\n")) == ["500", "close"])
        #expect(codes(replies("EHLO x\r\nRCPT TO:<a@b.c>\r\n")) == ["250", "503"])
        #expect(codes(replies("EHLO x\r\nMAIL FROM:<a@b.c>\r\nDATA\r\n")) == ["250", "250", "503"])
        #expect(codes(replies("EHLO x\r\nMAIL FROM:<a@b.c>\r\n", login: Self.login)) == ["250", "530"])
        #expect(
            codes(replies("EHLO x\r\nAUTH PLAIN\r\n\(Self.login)\r\n", login: Self.login)) == ["250", "334", "235"])
        #expect(
            codes(replies("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.c>\r\nDATA\r\n..x\r\n.\r\nQUIT\r\n"))
                == ["250", "250", "250", "354", "mail", "221", "close"])
    }
}
