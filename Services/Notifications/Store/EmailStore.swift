import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

/// `emails`: one row for each fact that a customer is told.
struct EmailStore: Sendable {
    struct Row: Sendable {
        var id: EmailID
        var messageKey: String
        var status: String
        /// Whether it waits until the workspace's mail server lets somebody in.
        var isHeld: Bool
        /// Whether it goes although mails are held, to see whether the server lets it in.
        var isTrial: Bool
        var generation: Int
        /// The command that had it sent again last.
        var resentBy: String?
        /// Of the sending: how often the server was called.
        var calls: Int
        /// What the mail is about.
        var subject: String
        var content: MailContent?
        /// What asked for it, of one that could not be worded.
        var command: SendEmail?

        /// How it stands.
        var reply: SendEmail.Reply {
            SendEmail.Reply(emailID: id, outcome: EmailOutcome(rawValue: status) ?? .unknown)
        }
    }

    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// The parts are told apart by their slashes, also where ``EmailRetention`` looks for what still goes on.
    static func effectKey(_ messageKey: String, generation: Int) -> String { "email/\(messageKey)/\(generation)" }

    /// The row of a fact. Two that tell of one fact at once take turns, also before there is a row.
    func lock(messageKey: String) async throws -> Row? {
        let turn = "email|\(transaction.workspaceID)|\(messageKey)"
        _ = try await transaction.database.query("SELECT pg_advisory_xact_lock(hashtextextended(\(turn), 0))::text")
        return try await find("message_key = \(messageKey)")
    }

    func lock(_ id: EmailID) async throws -> Row? { try await find("id = \(id.uuid)") }

    private func find(_ condition: SQL) async throws -> Row? {
        try await transaction.database.query(
            """
            SELECT id, message_key, status, held_since IS NOT NULL AS is_held, is_trial, generation, resent_by, attempts,
                subject, content, command FROM emails
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND \(condition) FOR UPDATE
            """
        ).first.map { row in
            Row(
                id: EmailID(uuid: try row("id")), messageKey: try row("message_key"), status: try row("status"),
                isHeld: try row("is_held"), isTrial: try row("is_trial"), generation: try row("generation"),
                resentBy: try row("resent_by"), calls: try row("attempts"), subject: try row("subject"),
                content: try row("content", as: JSONB?.self)?.decode(MailContent.self),
                command: try row("command", as: JSONB?.self)?.decode(SendEmail.self))
        }
    }

    func insert(_ email: NewEmail, _ content: MailContent) async throws {
        try await insert(email, content: content, command: nil, nil)
    }

    /// A mail without words, for which `outcome` says why there are none.
    func insert(_ email: NewEmail, askedBy command: SendEmail, _ outcome: MailOutcome) async throws {
        try await insert(email, content: nil, command: command, outcome)
    }

    private func insert(
        _ email: NewEmail, content: MailContent?, command: SendEmail?, _ outcome: MailOutcome?
    ) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO emails (id, workspace_id, message_key, template, locale, subject, order_id, recipient, status,
                in_call, content, command, error, created_at, updated_at)
            VALUES (\(email.id.uuid), \(transaction.workspaceID.uuid), \(email.messageKey), \(email.template.rawValue),
                \(email.locale), \(email.subject), \(email.orderID?.uuid), \(content?.recipient),
                \(outcome?.outcome.rawValue ?? "queued"), false,
                \(try content.map { try JSONB(encoding: $0) }), \(try command.map { try JSONB(encoding: $0) }),
                \(try outcome?.error.map { try JSONB(encoding: $0) }), \(transaction.now), \(transaction.now))
            """)
    }

    /// Gives a mail that had none its words; what asked for it is not needed any more.
    func fill(_ id: EmailID, _ content: MailContent) async throws {
        try await transaction.database.execute(
            """
            UPDATE emails SET content = \(try JSONB(encoding: content)), recipient = \(content.recipient), command = NULL
            WHERE id = \(id.uuid)
            """)
    }

    /// Mails that failed in a time and still know what to say, the longest failed first.
    func failed(_ command: ResendEmails, limit: Int) async throws -> [EmailID] {
        try await transaction.database.query(
            """
            SELECT id FROM emails
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND status = 'failed'
                AND updated_at >= \(command.since)
                AND (\(command.until)::timestamptz IS NULL OR updated_at < \(command.until))
                AND (\(command.template?.rawValue)::text IS NULL OR template = \(command.template?.rawValue))
                AND (content IS NOT NULL OR command IS NOT NULL)
            ORDER BY updated_at, id LIMIT \(limit)
            """
        ).map { EmailID(uuid: try $0("id")) }
    }

    /// Begins the sending of held mails, those that wait longest first; returned with the generation of each.
    ///
    /// WHY: here and not when the sending is planned: whoever asks for the fact meanwhile would go on with the sending
    /// before, and the mail would go twice.
    func release(atMost limit: Int, asTrial isTrial: Bool) async throws -> [(id: EmailID, generation: Int)] {
        try await transaction.database.query(
            """
            UPDATE emails SET held_since = NULL, is_trial = \(isTrial), generation = generation + 1, attempts = 0,
                in_call = false, error = NULL, updated_at = \(transaction.now)
            WHERE id = ANY(ARRAY(
                SELECT id FROM emails
                WHERE workspace_id = \(transaction.workspaceID.uuid) AND held_since IS NOT NULL
                ORDER BY held_since, id LIMIT \(limit) FOR UPDATE SKIP LOCKED))
            RETURNING id, generation
            """
        ).map { (EmailID(uuid: try $0("id")), try $0("generation")) }
    }

    func areHeld() async throws -> Bool {
        try await transaction.database.query(
            """
            SELECT EXISTS (SELECT FROM emails
                WHERE workspace_id = \(transaction.workspaceID.uuid) AND held_since IS NOT NULL) AS held
            """)[0]("held")
    }

    /// Begins a sending that somebody asked for.
    func begin(_ id: EmailID, asTrial isTrial: Bool) async throws -> Int {
        try await transaction.database.query(
            """
            UPDATE emails SET generation = generation + 1, status = 'queued', attempts = 0, in_call = false,
                held_since = NULL, is_trial = \(isTrial), error = NULL,
                resent_by = \(transaction.context.causationID), updated_at = \(transaction.now)
            WHERE id = \(id.uuid) RETURNING generation
            """)[0]("generation")
    }

    func settle(_ id: EmailID, _ outcome: MailOutcome) async throws {
        try await transaction.database.execute(
            """
            UPDATE emails SET status = \(outcome.outcome.rawValue), in_call = false, server_answer = \(outcome.answer),
                held_since = CASE WHEN \(outcome.outcome == .queued)::boolean THEN \(transaction.now) END,
                error = \(try outcome.error.map { try JSONB(encoding: $0) }), updated_at = \(transaction.now)
            WHERE id = \(id.uuid)
            """)
    }
}
