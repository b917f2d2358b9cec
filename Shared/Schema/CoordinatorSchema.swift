import Postgres

/// `saga_coordinator`: sagas, their steps and mailboxes, and the schedules.
public enum CoordinatorSchema {
    public static let migrations = MigrationSet(
        schema: "saga_coordinator",
        migrations: [
            Migration(1, "messaging", MessagingSchema.tables("saga_coordinator", role: role)),
            Migration(2, "sagas", sagas),
            Migration(3, "schedules", schedules),
            Migration(4, "engine", engine),
            Migration(5, "timetables", timetables),
            Migration(6, "keys", keys),
            Migration(7, "builds", builds),
            Migration(8, "mail_pages", mailPages),
        ])

    private static let role = "stateset_saga_coordinator"

    private static let sagas = """
        CREATE TABLE saga_coordinator.sagas (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, name text NOT NULL, key text NOT NULL, subject text,
            run integer NOT NULL, status text NOT NULL, business_status text, input jsonb NOT NULL, output jsonb,
            error jsonb, stuck_reason text, pivoted boolean NOT NULL, compensation text, next_seq integer NOT NULL,
            version bigint NOT NULL, actor text NOT NULL, correlation_id text, traceparent text, build_id text,
            waiting_kind text, waiting_name text, waiting_since timestamptz, waiting_until timestamptz,
            -- The earliest moment at which an outstanding reply is overdue.
            deadline_at timestamptz, started_at timestamptz NOT NULL, updated_at timestamptz NOT NULL
        ) WITH (fillfactor = 70);
        CREATE UNIQUE INDEX ON saga_coordinator.sagas (workspace_id, name, key);
        CREATE INDEX ON saga_coordinator.sagas (workspace_id, updated_at DESC, id DESC);
        CREATE INDEX ON saga_coordinator.sagas (workspace_id, subject);
        CREATE INDEX ON saga_coordinator.sagas (deadline_at) WHERE deadline_at IS NOT NULL;
        SELECT platform.protect('saga_coordinator.sagas', '\(role)');

        CREATE TABLE saga_coordinator.steps (
            saga_id uuid NOT NULL, run integer NOT NULL, path text NOT NULL, workspace_id uuid NOT NULL,
            seq integer, kind text NOT NULL, name text NOT NULL, owner text, status text NOT NULL,
            attempt integer NOT NULL, tries integer NOT NULL, request jsonb, reply_within_ms bigint, result jsonb,
            error jsonb, event_id bigint, event_type text, undo jsonb, undo_evaluated boolean NOT NULL, due_at timestamptz, deadline_at timestamptz,
            started_at timestamptz NOT NULL, finished_at timestamptz,
            PRIMARY KEY (saga_id, run, path)
        ) WITH (fillfactor = 80);
        SELECT platform.protect('saga_coordinator.steps', '\(role)');

        CREATE TABLE saga_coordinator.mailbox (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, workspace_id uuid NOT NULL, saga_name text NOT NULL,
            saga_key text NOT NULL, message_id text NOT NULL, type text NOT NULL, data jsonb NOT NULL,
            received_at timestamptz NOT NULL, consumed_run integer, consumed_path text
        );
        CREATE UNIQUE INDEX ON saga_coordinator.mailbox (workspace_id, saga_name, saga_key, message_id);
        CREATE INDEX ON saga_coordinator.mailbox (workspace_id, saga_name, saga_key) WHERE consumed_run IS NULL;
        SELECT platform.protect('saga_coordinator.mailbox', '\(role)');
        """

    private static let schedules = """
        CREATE TABLE saga_coordinator.schedules (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, name text NOT NULL, command text NOT NULL,
            owner text NOT NULL, data jsonb NOT NULL, interval_ms bigint NOT NULL CHECK (interval_ms > 0),
            next_run_at timestamptz NOT NULL, last_run_at timestamptz, paused boolean NOT NULL DEFAULT false
        );
        CREATE UNIQUE INDEX ON saga_coordinator.schedules (workspace_id, name);
        CREATE INDEX ON saga_coordinator.schedules (next_run_at) WHERE NOT paused;
        SELECT platform.protect('saga_coordinator.schedules', '\(role)');
        """

    private static let engine = """
        -- The api makes its views anew.
        DROP VIEW IF EXISTS saga_coordinator.saga_view, saga_coordinator.step_view;

        -- What passes through unread is kept as it was written, also text that jsonb refuses.
        ALTER TABLE saga_coordinator.steps
            ALTER request TYPE json, ALTER result TYPE json, ALTER undo TYPE json, ALTER error TYPE json;
        ALTER TABLE saga_coordinator.mailbox ALTER data TYPE json;
        ALTER TABLE saga_coordinator.sagas
            ALTER input TYPE json, ALTER output TYPE json, ALTER error TYPE json;

        ALTER TABLE saga_coordinator.sagas
            -- What operators search by: the saga's own words for what it is about.
            ADD attributes jsonb NOT NULL DEFAULT '{}',
            -- Since when due times are frozen.
            ADD paused_at timestamptz,
            -- The refusal that began the compensation.
            ADD cause json,
            -- Whether other sagas wait for its end.
            ADD watched boolean NOT NULL DEFAULT false;
        CREATE INDEX ON saga_coordinator.sagas USING gin (attributes jsonb_path_ops) WHERE attributes <> '{}';

        -- A step of a saga changes no indexed column, so that the row's new version stays on its page and no index
        -- is written (heap-only tuples). Hence lists are in the order of starting, and `check_at`, when the sweeper
        -- looks, is no later than the earliest deadline and moved later only by the sweeper.
        DROP INDEX saga_coordinator.sagas_workspace_id_updated_at_id_idx, saga_coordinator.sagas_deadline_at_idx;
        ALTER TABLE saga_coordinator.sagas RENAME deadline_at TO check_at;
        ALTER TABLE saga_coordinator.sagas SET (fillfactor = 50);
        CREATE INDEX ON saga_coordinator.sagas (check_at) WHERE check_at IS NOT NULL;
        CREATE INDEX ON saga_coordinator.sagas (workspace_id, started_at DESC, id DESC);
        CREATE INDEX ON saga_coordinator.sagas (workspace_id, status, started_at DESC)
            WHERE status IN ('stuck', 'diverged', 'paused', 'compensating');
        ALTER TABLE saga_coordinator.steps SET (fillfactor = 50);

        ALTER TABLE saga_coordinator.steps
            -- Why a step that is still open cannot go on by itself: no_reply, dead_letter.
            ADD trouble text,
            -- Belongs to a branch that lost its race: undone, never read again.
            ADD lost boolean NOT NULL DEFAULT false;

        -- Who is told how a child ends. `started`: it was started for this parent, and is cancelled with it.
        CREATE TABLE saga_coordinator.watchers (
            saga_id uuid NOT NULL, workspace_id uuid NOT NULL, parent_id uuid NOT NULL, parent_run integer NOT NULL,
            parent_path text NOT NULL, parent_attempt integer NOT NULL, started boolean NOT NULL,
            PRIMARY KEY (saga_id, parent_id, parent_run, parent_path)
        );
        SELECT platform.protect('saga_coordinator.watchers', '\(role)');

        -- Mail nobody has asked for yet is kept 30 days, and found by its age.
        CREATE INDEX ON saga_coordinator.mailbox (received_at) WHERE consumed_run IS NULL;
        """

    private static let timetables = """
        ALTER TABLE saga_coordinator.schedules
            ALTER interval_ms DROP NOT NULL,
            ADD cron text,
            ADD time_zone text,
            ADD CHECK (num_nonnulls(interval_ms, cron) = 1 AND (cron IS NULL) = (time_zone IS NULL)),
            ADD jitter_ms bigint NOT NULL DEFAULT 0 CHECK (jitter_ms >= 0),
            ADD catch_up text NOT NULL DEFAULT 'one' CHECK (catch_up IN ('one', 'all')),
            ADD catch_up_ms bigint NOT NULL DEFAULT 31536000000 CHECK (catch_up_ms > 0),
            ADD overlap text NOT NULL DEFAULT 'skip' CHECK (overlap IN ('skip', 'buffer_one', 'allow')),
            -- Those that are there are polls, which are soon answered.
            ADD reply_within_ms bigint NOT NULL DEFAULT 60000 CHECK (reply_within_ms > 0),
            -- The time that comes next; `next_run_at` is when it is due, jitter included.
            ADD nominal_at timestamptz,
            ADD firings bigint NOT NULL DEFAULT 0,
            ADD skipped bigint NOT NULL DEFAULT 0,
            -- Until when the answer to the last firing is awaited; null once it is there.
            ADD reply_due_at timestamptz,
            ADD one_waits boolean NOT NULL DEFAULT false,
            ADD last_outcome text CHECK (
                last_outcome IN ('running', 'retrying', 'done', 'refused', 'dead_lettered', 'no_reply')),
            ADD last_error text,
            ADD last_outcome_at timestamptz;
        CREATE INDEX ON saga_coordinator.schedules (reply_due_at) WHERE reply_due_at IS NOT NULL;
        """

    /// A person names a saga by its key, whatever it is the saga of.
    private static let keys = """
        CREATE INDEX ON saga_coordinator.sagas (workspace_id, key);
        """

    private static let builds = """
        -- Which builds have saved the row before `build_id`, each with the last version it saved and when. Null while
        -- there is none, so that it costs the usual saga nothing.
        ALTER TABLE saga_coordinator.sagas ADD former_builds jsonb;
        """

    private static let mailPages = """
        -- Unread mail is read in pages, oldest first; what a run has taken is found past all of it.
        CREATE INDEX ON saga_coordinator.mailbox (workspace_id, saga_name, saga_key, id) WHERE consumed_run IS NULL;
        CREATE INDEX ON saga_coordinator.mailbox (workspace_id, saga_name, saga_key, consumed_run)
            WHERE consumed_run IS NOT NULL;
        DROP INDEX saga_coordinator.mailbox_workspace_id_saga_name_saga_key_idx;

        -- Mail of ended sagas goes by its age, also what they have taken.
        CREATE INDEX ON saga_coordinator.mailbox (received_at);
        DROP INDEX saga_coordinator.mailbox_received_at_idx;
        """
}
