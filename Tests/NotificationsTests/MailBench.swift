import Commerce
import Contracts
import Foundation
import HTTPTransport
import Postgres
import Providers
import ServiceKit
import Synchronization
import Testing

@testable import Messaging
@testable import Notifications

/// Mails and alerts on the tables of ``NotificationsBench``, with an order to write about.
struct MailBench: Sendable {
    let bench: NotificationsBench
    let orderID = OrderID()
    let server = TestMailServer()
    let slack = TestEndpoints()
    let deaths = TestDeaths()
    let slots = MailSlots()
    /// Why the workspace has no settings to send with; nil where it has.
    var smtpTrouble: ProviderFailure?
    /// How often the workspace wants a command tried; nil for the platform's own number.
    var attemptsMax: Int?

    static func run(_ test: @escaping @Sendable (MailBench) async throws -> Void) async throws {
        try await NotificationsBench.run { bench in try await test(MailBench(bench: bench)) }
    }

    var accounts: MailAccounts {
        let (server, slack, bench, deaths, attemptsMax) = (server, slack, bench, deaths, attemptsMax)
        let smtpTrouble = smtpTrouble
        return MailAccounts(
            smtp: { _ in
                if let smtpTrouble { throw smtpTrouble }
                var settings = try SMTPSettings.decode(
                    Array(#"{"host":"smtp.example.com","from_address":"returns@mienne.com","from_name":"Mienne"}"#.utf8)
                )
                settings.attemptsMax = attemptsMax
                return (settings, SMTPClient(settings: settings, mail: server))
            },
            slack: { _ in
                let settings = try SlackSettings.decode(
                    Array(#"{"webhook_url":"https://hooks.example.com/services/T/B/x"}"#.utf8))
                return SlackClient(settings: settings, http: slack, gate: OpenGate())
            },
            documents: { ids, _ in
                try deaths.mayDie()
                return ids.map { _ in Document(name: "label.pdf", contentType: "application/pdf", bytes: bench.pdf) }
            })
    }

    func insertOrder(
        email: String? = "ana@example.com", name: String? = "Ana Ruiz", locale: String? = nil
    ) async throws {
        let customer = try RawJSON(encoding: Customer(email: email, name: name, locale: locale)).text
        let document = """
            {"number":"#1001","currency":"USD","total":"155.12","customer":\(customer),
             "lines":[{"id":"l1","sku":"ROBE","quantity":1,"unit_price":"74.50"}]}
            """
        try await bench.asOwner(
            """
            INSERT INTO order_ingest.orders (id, workspace_id, number, status, document, currency, total, email, created_at,
                updated_at)
            VALUES (\(orderID.uuid), \(bench.workspaceID.uuid), '#1001', 'delivered', \(JSONB(text: document)), 'USD',
                '155.12', \(email), \(bench.clock.now), \(bench.clock.now))
            """)
    }

    func command(_ template: MailName = .returnLabel, version: String = "1", documents: [DocumentID] = []) -> SendEmail
    {
        SendEmail(
            template: template, orderID: orderID, subject: "ret_1", version: version,
            values: MailValues(["return_number": "R-1", "carrier": "USPS"]), documents: documents)
    }

    /// Delivers a command once, under an id of its own unless one is given.
    @discardableResult
    func deliver<H: EffectHandler>(
        _ handler: H, _ command: H.Message, id: String? = nil, in workspace: WorkspaceID? = nil
    ) async throws -> Delivered {
        let context = MessageContext(workspaceID: workspace ?? bench.workspaceID, actor: "saga-coordinator")
        let message = try bench.outbox.factory.command(
            name: H.Message.name, owner: .notifications, data: RawJSON(encoding: command), subject: nil,
            context: context, id: id)
        let deferral = Deferral(outbox: bench.outbox, queue: "notifications.commands", policy: RetryPolicy())
        let runner = EffectRunner(
            outbox: bench.outbox, deferral: deferral, logger: .quiet, attemptMax: { [attemptsMax] _, _ in attemptsMax })
        let result = try await runner.run(handler, message.envelope)
        return Delivered(reply: result.reply, sent: (result.owed.rows + result.owed.direct).map(\.envelope))
    }

    struct Delivered: Sendable {
        /// Nil when it was put off.
        var reply: CommandReply?
        var sent: [Envelope]

        func decoded<R: Decodable>(_ type: R.Type = R.self) throws -> R {
            guard case .accepted(let json)? = reply else { throw NotAccepted(reply: reply) }
            return try json.decode()
        }
    }

    struct NotAccepted: Error { var reply: CommandReply? }

    var calls: MailCallStore { MailCallStore(pool: bench.outbox.pool) }

    private var delivery: MailDelivery { MailDelivery(accounts: accounts, calls: calls, slots: slots) }

    /// The only mail there is.
    func soleEmail() async throws -> EmailID {
        try await bench.handle { transaction in
            let rows = try await transaction.database.query(
                "SELECT id FROM emails WHERE workspace_id = \(transaction.workspaceID.uuid)")
            try #require(rows.count == 1)
            return EmailID(uuid: try rows[0]("id"))
        }.result
    }

    func send(_ command: SendEmail, id: String? = nil, in workspace: WorkspaceID? = nil) async throws -> Delivered {
        try await deliver(SendEmailHandler(delivery: delivery), command, id: id, in: workspace)
    }

    /// About something of which there is no order.
    func command(to address: String, about subject: String) -> SendEmail {
        SendEmail(
            template: .warrantyApproved, orderID: nil, recipient: .init(email: address, name: nil), subject: subject,
            values: MailValues(["return_number": subject]))
    }

    func resend(_ email: EmailID, id: String? = nil) async throws -> Delivered {
        try await deliver(
            ResendEmailHandler(delivery: delivery),
            ResendEmail(emailID: email, reason: "the customer asked"), id: id)
    }

    /// Where they are there already, they count as changed.
    func setSMTP(locale: String? = nil, operators: String? = nil) async throws {
        try await bench.asOwner(
            """
            INSERT INTO platform.workspaces (id, name)
            VALUES (\(bench.workspaceID.uuid), \(bench.workspaceID.description)) ON CONFLICT DO NOTHING
            """)
        try await bench.asOwner(
            """
            INSERT INTO platform.provider_settings (workspace_id, provider, settings)
            VALUES (\(bench.workspaceID.uuid), 'smtp',
                jsonb_strip_nulls(jsonb_build_object(
                    'locale', \(locale)::text, 'operators_address', \(operators)::text)))
            ON CONFLICT (workspace_id, provider) DO UPDATE SET updated_at = clock_timestamp()
            """)
    }

    /// One look at whether held mails may go: what is to be sent.
    func turn() async throws -> [SendHeldEmail] {
        try await bench.handle { try await MailHoldTurn($0)() }.sent.map { try $0.data() }
    }

    func send(_ held: SendHeldEmail) async throws -> Delivered {
        try await deliver(SendHeldEmailHandler(delivery: delivery), held)
    }

    func error(of email: EmailID) async throws -> Refusal? {
        try await bench.handle {
            let row = try await $0.database.query("SELECT error FROM emails WHERE id = \(email.uuid)")[0]
            return try row("error", as: JSONB?.self)?.decode(Refusal.self)
        }.result
    }

    func status(of email: EmailID) async throws -> String {
        try await bench.handle {
            try await $0.database.query("SELECT status FROM emails WHERE id = \(email.uuid)")[0]("status")
        }.result
    }
}

/// Lets a process die while it sends a mail.
final class TestDeaths: Sendable {
    struct Death: Error {}

    private let isNear = Mutex(false)

    func bring() { isNear.withLock { $0 = true } }

    func mayDie() throws {
        let dies = isNear.withLock { isNear in
            defer { isNear = false }
            return isNear
        }
        if dies { throw Death() }
    }
}

extension NotificationsBench {
    var pdf: [UInt8] { Array("%PDF-1.4 a label".utf8) }
}
