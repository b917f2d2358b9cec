import Postgres

/// `notifications`: outgoing webhooks and what became of each delivery.
public enum NotificationsSchema {
    public static let migrations = MigrationSet(
        schema: "notifications",
        migrations: [
            Migration(1, "messaging", MessagingSchema.tables("notifications", role: role)),
            Migration(2, "webhooks", webhooks),
            Migration(3, "emails", emails),
            Migration(4, "mails_without_order", mailsWithoutOrder),
            Migration(5, "mail_calls", mailCalls),
            Migration(6, "mail_holds", mailHolds),
            Migration(
                7, "retention", retention,
                formerly: ["3a11285e48a1c3f99af7ae04bad65cffaf09addbf13b3d091e9c903a9abaf589"]),
            Migration(8, "waiting_deliveries", waitingDeliveries),
            Migration(9, "alert_history", alertHistory),
            Migration(10, "mail_trials", mailTrials),
            Migration(11, "told_failures", toldFailures),
            Migration(12, "unended_sendings", unendedSendings),
            Migration(13, "resent_subjects", resentSubjects),
        ])

    private static let role = "stateset_notifications"

    private static let webhooks = """
        CREATE TABLE notifications.webhooks (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, url text NOT NULL, description text,
            events text[] NOT NULL, ordered boolean NOT NULL,
            status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'disabled', 'removed')),
            status_reason text,
            -- The unbroken row of failures up to now, where there is one, and what was warned of it.
            streak uuid, failing_since timestamptz, failures integer NOT NULL DEFAULT 0,
            warned_percent integer NOT NULL DEFAULT 0,
            -- Not called before then, because it asked for that or is overloaded.
            throttled_until timestamptz,
            -- By the database's clock: whose turn it is.
            claimed_at timestamptz NOT NULL DEFAULT now(),
            created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
            CONSTRAINT one_streak CHECK ((streak IS NULL) = (failing_since IS NULL))
        );
        CREATE INDEX ON notifications.webhooks (workspace_id, created_at DESC, id DESC);
        CREATE INDEX ON notifications.webhooks (claimed_at) WHERE status = 'active';
        SELECT platform.protect('notifications.webhooks', '\(role)');

        -- Encrypted. The one without an end is current.
        CREATE TABLE notifications.webhook_secrets (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, webhook_id uuid NOT NULL REFERENCES notifications.webhooks,
            sealed bytea NOT NULL, key_id text NOT NULL, created_at timestamptz NOT NULL, expires_at timestamptz
        );
        CREATE UNIQUE INDEX ON notifications.webhook_secrets (webhook_id) WHERE expires_at IS NULL;
        CREATE INDEX ON notifications.webhook_secrets (webhook_id, expires_at);
        SELECT platform.protect('notifications.webhook_secrets', '\(role)');

        -- What was told, in the bytes that are signed.
        CREATE TABLE notifications.webhook_events (
            workspace_id uuid NOT NULL, id text NOT NULL, type text NOT NULL, subject text NOT NULL,
            occurred_at timestamptz NOT NULL, body bytea NOT NULL, created_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, id)
        );
        CREATE INDEX ON notifications.webhook_events (created_at);
        SELECT platform.protect('notifications.webhook_events', '\(role)');

        CREATE TABLE notifications.deliveries (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, webhook_id uuid NOT NULL REFERENCES notifications.webhooks,
            event_id text NOT NULL, type text NOT NULL, subject text NOT NULL, occurred_at timestamptz NOT NULL,
            -- 'skipped': its endpoint was disabled when the event came.
            status text NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed', 'skipped')),
            is_test boolean NOT NULL DEFAULT false,
            -- All calls there were, and those since it was last begun anew.
            attempts integer NOT NULL DEFAULT 0, tries integer NOT NULL DEFAULT 0,
            -- Business time; nobody else calls before the lease, by the database's clock, is over.
            next_attempt_at timestamptz NOT NULL, lease_until timestamptz,
            last_status integer, last_error text, created_at timestamptz NOT NULL, finished_at timestamptz,
            UNIQUE (webhook_id, event_id),
            FOREIGN KEY (workspace_id, event_id) REFERENCES notifications.webhook_events
        );
        CREATE INDEX ON notifications.deliveries (webhook_id, next_attempt_at) WHERE status = 'pending';
        CREATE INDEX ON notifications.deliveries (webhook_id, subject, occurred_at, event_id) WHERE status = 'pending';
        CREATE INDEX ON notifications.deliveries (webhook_id) WHERE lease_until IS NOT NULL;
        CREATE INDEX ON notifications.deliveries (webhook_id, created_at DESC, id DESC);
        CREATE INDEX ON notifications.deliveries (workspace_id, event_id);
        CREATE INDEX ON notifications.deliveries (finished_at) WHERE finished_at IS NOT NULL;
        SELECT platform.protect('notifications.deliveries', '\(role)');

        CREATE TABLE notifications.delivery_attempts (
            delivery_id uuid NOT NULL REFERENCES notifications.deliveries ON DELETE CASCADE, attempt integer NOT NULL,
            workspace_id uuid NOT NULL, at timestamptz NOT NULL, status integer, latency_ms integer NOT NULL,
            error text, answer text,
            PRIMARY KEY (delivery_id, attempt)
        );
        SELECT platform.protect('notifications.delivery_attempts', '\(role)');
        """

    private static let emails = """
        -- One row for each fact that a customer is told.
        CREATE TABLE notifications.emails (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL,
            -- Derived from the fact: the left part of the Message-ID.
            message_key text NOT NULL, template text NOT NULL, locale text NOT NULL, subject text NOT NULL,
            order_id uuid NOT NULL, recipient text,
            status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'sent', 'unknown', 'failed', 'off')),
            -- Raised when somebody has it sent again.
            generation integer NOT NULL DEFAULT 1, attempts integer NOT NULL DEFAULT 0,
            -- Everything the mail is made of, so that it is the same however often it is tried.
            content jsonb, resent_by text, server_answer text, error jsonb,
            created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
            UNIQUE (workspace_id, message_key)
        );
        CREATE INDEX ON notifications.emails (workspace_id, created_at DESC, id DESC);
        CREATE INDEX ON notifications.emails (workspace_id, subject);
        SELECT platform.protect('notifications.emails', '\(role)');

        -- A workspace's own words.
        CREATE TABLE notifications.email_templates (
            workspace_id uuid NOT NULL, template text NOT NULL, locale text NOT NULL, enabled boolean NOT NULL,
            subject text, text text, html text, updated_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, template, locale)
        );
        SELECT platform.protect('notifications.email_templates');

        -- What was told of each trouble, and how often it has come since.
        CREATE TABLE notifications.alerts (
            workspace_id uuid NOT NULL, key text NOT NULL, posted_at timestamptz NOT NULL,
            grouped integer NOT NULL DEFAULT 0, posts integer NOT NULL, cause text NOT NULL,
            PRIMARY KEY (workspace_id, key)
        );
        SELECT platform.protect('notifications.alerts');

        GRANT SELECT ON platform.documents TO \(role);
        """

    private static let mailsWithoutOrder = """
        -- Who has registered goods that were bought elsewhere is told of them too.
        ALTER TABLE notifications.emails ALTER order_id DROP NOT NULL;
        """

    private static let mailCalls = """
        ALTER TABLE notifications.emails
            -- Of a mail that could not be worded, what asked for it: it is worded anew when somebody has it sent again.
            ADD command jsonb,
            -- Whether a server is being called, or was when its process died. Rows of a version that does not say so
            -- count as if it were: what may have been sent is not sent again by itself.
            ADD in_call boolean NOT NULL DEFAULT true;
        """

    private static let mailHolds = """
        -- Workspaces whose mail server lets nobody in as it is set. One that does again is lifted, and gone once none of its
        -- mails is held.
        CREATE TABLE notifications.mail_holds (
            workspace_id uuid PRIMARY KEY, reason jsonb NOT NULL, since timestamptz NOT NULL, lifted_at timestamptz,
            -- Mails sent to see whether it does, and when the next one is due.
            trials integer NOT NULL DEFAULT 0, next_trial_at timestamptz NOT NULL,
            -- When the settings were last changed as far as was seen.
            settings_at timestamptz
        );
        SELECT platform.protect('notifications.mail_holds', '\(role)');

        -- Since when a queued mail waits for its workspace's mail server; nil while it is being sent.
        ALTER TABLE notifications.emails ADD held_since timestamptz;
        CREATE INDEX ON notifications.emails (workspace_id, held_since, id) WHERE held_since IS NOT NULL;
        """

    /// What is to be deleted or emptied is found without reading the tables.
    private static let retention = """
        DROP INDEX IF EXISTS notifications.deliveries_finished_at_idx;
        CREATE INDEX ON notifications.deliveries ((coalesce(finished_at, next_attempt_at)));
        CREATE INDEX ON notifications.webhook_secrets (expires_at) WHERE expires_at IS NOT NULL;
        -- When a mail's words and address were deleted. Those of which only some were before are looked at once more.
        ALTER TABLE notifications.emails ADD forgotten_at timestamptz;
        CREATE INDEX ON notifications.emails (updated_at) WHERE forgotten_at IS NULL AND status <> 'queued';
        CREATE INDEX ON notifications.effects (updated_at)
            WHERE provider = 'smtp' AND state IN ('done', 'refused') AND request <> '{}';
        """

    /// What waits for an earlier event of its subject is not read to find what can be called.
    private static let waitingDeliveries = """
        -- Of an ordered endpoint, found behind an earlier delivery of its subject.
        ALTER TABLE notifications.deliveries ADD waits boolean NOT NULL DEFAULT false;
        CREATE INDEX deliveries_claimable_idx ON notifications.deliveries (webhook_id, next_attempt_at)
            WHERE status = 'pending' AND NOT waits;
        CREATE INDEX deliveries_waiting_idx ON notifications.deliveries (webhook_id, subject) WHERE waits;
        -- What an outage has put off.
        CREATE INDEX deliveries_tried_idx ON notifications.deliveries (webhook_id, next_attempt_at)
            WHERE status = 'pending' AND tries > 0;
        DROP INDEX IF EXISTS notifications.deliveries_webhook_id_next_attempt_at_idx;
        """

    private static let alertHistory = """
        -- Each alert as it was told, also where Slack shows it with others or not at all.
        CREATE TABLE notifications.alert_history (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL,
            -- The command that told of it.
            message_id text NOT NULL,
            key text NOT NULL, title text NOT NULL, text text NOT NULL, fields jsonb NOT NULL, next text[] NOT NULL,
            link text,
            status text NOT NULL CHECK (status IN ('pending', 'posted', 'grouped', 'off', 'unknown', 'failed')),
            at timestamptz NOT NULL,
            UNIQUE (workspace_id, message_id)
        );
        CREATE INDEX ON notifications.alert_history (workspace_id, at DESC, id DESC);
        CREATE INDEX ON notifications.alert_history (at);
        SELECT platform.protect('notifications.alert_history', '\(role)');
        """

    private static let mailTrials = """
        -- Whether the sending goes although mails are held, to see whether the server lets it in.
        ALTER TABLE notifications.emails ADD is_trial boolean NOT NULL DEFAULT false;
        """

    private static let toldFailures = """
        -- Since when it has failed, where people were told of that and not yet that it is well: also past a pause, and
        -- while it is off.
        ALTER TABLE notifications.webhooks ADD told_since timestamptz;
        -- For an owner who is no superuser either.
        ALTER TABLE notifications.webhooks NO FORCE ROW LEVEL SECURITY;
        UPDATE notifications.webhooks SET told_since = coalesce(failing_since, updated_at)
        WHERE warned_percent > 0 OR status = 'disabled';
        ALTER TABLE notifications.webhooks FORCE ROW LEVEL SECURITY;
        """

    private static let unendedSendings = """
        -- Those that never ended hold a mail's words, too.
        CREATE INDEX effects_mails_idx ON notifications.effects (updated_at) WHERE provider = 'smtp' AND request <> '{}';
        DROP INDEX IF EXISTS notifications.effects_updated_at_idx;
        """

    private static let resentSubjects = """
        -- What an ordered endpoint is sent again is read subject by subject, a part at a time.
        CREATE INDEX deliveries_resent_idx ON notifications.deliveries (webhook_id, subject) WHERE NOT is_test;
        """
}
