import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Providers

/// `mail_holds`: whether a workspace's mail server lets anybody in as it is set.
///
/// While it does not, mails are held and one at a time is sent to see whether it does: with growing pauses, because a
/// server locks an account that knocks too often, and soon after the settings were changed.
struct MailHold: Sendable {
    private let transaction: HandlerTransaction
    private var workspace: UUID { transaction.workspaceID.uuid }

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// Why mails are held; nil where they are not.
    var reason: Refusal? {
        get async throws {
            // WHY: locked, so that a hold does not go while a mail joins those that it would have let go.
            try await transaction.database.query(
                "SELECT reason FROM mail_holds WHERE workspace_id = \(workspace) AND lifted_at IS NULL FOR SHARE"
            ).first.map { try $0("reason", as: JSONB.self).decode(Refusal.self) }
        }
    }

    /// What a sending says of the server: the first that it did not let in is told to people.
    func hear(_ outcome: MailOutcome) async throws {
        if outcome.outcome == .queued, let reason = outcome.error {
            if try await open(reason) { try tell(reason) }
        } else if outcome.letIn == true {
            try await lift()
        } else {
            try await tryNext()
        }
    }

    /// - Returns: whether mails were not held before.
    private func open(_ reason: Refusal) async throws -> Bool {
        let wasLifted = try await transaction.database.query(
            "SELECT lifted_at IS NOT NULL AS is_lifted FROM mail_holds WHERE workspace_id = \(workspace) FOR UPDATE"
        ).first.map { try $0("is_lifted", as: Bool.self) }
        let latestTrial = MailSchedule.pauseMax(for: reason.code).map { transaction.now + $0.timeInterval }
        let row = try await transaction.database.query(
            """
            INSERT INTO mail_holds AS h (workspace_id, reason, since, next_trial_at, settings_at)
            VALUES (\(workspace), \(try JSONB(encoding: reason)), \(transaction.now),
                \(transaction.now + MailSchedule.pause(afterTrials: 0).timeInterval), \(Self.settingsTime(workspace)))
            ON CONFLICT (workspace_id) DO UPDATE SET reason = excluded.reason, lifted_at = NULL,
                since = CASE WHEN h.lifted_at IS NULL THEN h.since ELSE excluded.since END,
                trials = CASE WHEN h.lifted_at IS NULL THEN h.trials ELSE 0 END,
                next_trial_at = CASE WHEN h.lifted_at IS NULL
                    THEN least(h.next_trial_at, \(latestTrial)::timestamptz) ELSE excluded.next_trial_at END
            RETURNING xmax = 0 AS is_new
            """)[0]
        return try wasLifted ?? row("is_new")
    }

    private func lift() async throws {
        try await transaction.database.execute(
            """
            UPDATE mail_holds SET lifted_at = \(transaction.now)
            WHERE workspace_id = \(workspace) AND lifted_at IS NULL
            """)
    }

    /// A trial that never came to the server says nothing: another is due.
    private func tryNext() async throws {
        try await transaction.database.execute(
            """
            UPDATE mail_holds SET next_trial_at = \(transaction.now)
            WHERE workspace_id = \(workspace) AND lifted_at IS NULL AND trials > 0
            """)
    }

    private func tell(_ reason: Refusal) throws {
        let alert = SendSlackAlert.Alert(
            key: "emails_held/\(reason.code)", title: "E-mails are held until the mail server's settings work",
            // A server's words may name an account.
            text: reason.message.replacing(/\S+@\S+/, with: "(address)"),
            next: ["stateset emails list --status queued", "stateset providers set smtp …"])
        try transaction.send(SendSlackAlert(alert), subject: "emails")
    }

    static func settingsTime(_ workspace: UUID) -> SQL {
        """
        (SELECT updated_at FROM platform.provider_settings
         WHERE workspace_id = \(workspace) AND provider = \(SMTPSettings.provider))
        """
    }
}
