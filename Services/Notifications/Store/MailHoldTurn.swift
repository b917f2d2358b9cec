import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

/// One look at a workspace whose mails are held: whether a trial is due, or all of them go.
struct MailHoldTurn: Sendable {
    private let transaction: HandlerTransaction
    private var workspace: UUID { transaction.workspaceID.uuid }

    /// LIMIT: each becomes a message in one transaction.
    static let releaseMax = 200
    /// LIMIT: every process uses changed settings within two seconds.
    static let settingsSpread = Duration.seconds(3)

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// The workspaces to look at; asked across all of them.
    static func workspaces(_ database: PostgresTransaction) async throws -> [WorkspaceID] {
        try await database.query("SELECT workspace_id FROM mail_holds").map {
            WorkspaceID(uuid: try $0("workspace_id"))
        }
    }

    /// Another process that looks at it just now is left to it.
    func callAsFunction() async throws {
        guard
            let hold = try await transaction.database.query(
                """
                SELECT lifted_at IS NOT NULL AS is_lifted, trials, next_trial_at, reason,
                    settings_at IS DISTINCT FROM \(MailHold.settingsTime(workspace)) AS has_changed
                FROM mail_holds WHERE workspace_id = \(workspace) FOR UPDATE SKIP LOCKED
                """
            ).first
        else { return }
        if try hold("is_lifted") {
            if try await release(Self.releaseMax, asTrial: false) == 0 { try await end() }
        } else if try hold("has_changed") {
            try await schedule(trials: 0, in: Self.settingsSpread)
        } else if try hold("next_trial_at", as: Date.self) <= transaction.now {
            let reason = try hold("reason", as: JSONB.self).decode(Refusal.self)
            try await sendTrial(after: try hold("trials"), MailSchedule.pauseMax(for: reason.code))
        }
    }

    private func sendTrial(after trials: Int, _ pauseMax: Duration?) async throws {
        guard try await release(1, asTrial: true) > 0 else {
            // The last trial may still be under way, and nothing else waits: the next mail asks the server itself.
            return try await end()
        }
        try await schedule(trials: trials + 1, in: MailSchedule.pause(afterTrials: trials + 1, atMost: pauseMax))
    }

    private func schedule(trials: Int, in pause: Duration) async throws {
        try await transaction.database.execute(
            """
            UPDATE mail_holds SET trials = \(trials)::integer, next_trial_at = \(transaction.now + pause.timeInterval),
                settings_at = \(MailHold.settingsTime(workspace))
            WHERE workspace_id = \(workspace)
            """)
    }

    private func release(_ limit: Int, asTrial isTrial: Bool) async throws -> Int {
        let emails = try await EmailStore(transaction).release(atMost: limit, asTrial: isTrial)
        for email in emails {
            try transaction.send(
                SendHeldEmail(emailID: email.id, generation: email.generation), subject: email.id.description)
        }
        return emails.count
    }

    /// Nothing is held any more. Whoever puts a mail to those that are holds the row meanwhile.
    private func end() async throws {
        guard try await !EmailStore(transaction).areHeld() else { return }
        try await transaction.database.execute("DELETE FROM mail_holds WHERE workspace_id = \(workspace)")
    }
}
