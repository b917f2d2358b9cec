/// The plumbing tables that every service which exchanges messages has in its own schema.
package enum MessagingSchema {
    /// - Parameters:
    ///   - schema: the service's schema; `role`: its login.
    package static func tables(_ schema: String, role: String) -> String {
        """
        SELECT platform.create_service('\(schema)', '\(role)');

        CREATE TABLE \(schema).inbox (
            message_id text NOT NULL, workspace_id uuid NOT NULL, type text NOT NULL,
            processed_at timestamptz NOT NULL DEFAULT now(), reply jsonb,
            PRIMARY KEY (message_id, workspace_id)
        );
        CREATE INDEX ON \(schema).inbox USING brin (processed_at);
        SELECT platform.protect('\(schema).inbox', '\(role)');

        CREATE TABLE \(schema).outbox (
            id text PRIMARY KEY, workspace_id uuid NOT NULL, exchange text NOT NULL, routing_key text NOT NULL,
            body text NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), attempts integer NOT NULL DEFAULT 0,
            next_attempt_at timestamptz NOT NULL DEFAULT now() + interval '5 seconds', parked_at timestamptz,
            last_error text
        ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
        CREATE INDEX ON \(schema).outbox (next_attempt_at) WHERE parked_at IS NULL;
        SELECT platform.protect('\(schema).outbox', '\(role)');

        CREATE TABLE \(schema).timers (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, due_at timestamptz NOT NULL, saga_id uuid, path text,
            exchange text NOT NULL, routing_key text NOT NULL, body text NOT NULL
        );
        CREATE INDEX ON \(schema).timers (due_at);
        CREATE INDEX ON \(schema).timers (saga_id, path) WHERE saga_id IS NOT NULL;
        SELECT platform.protect('\(schema).timers', '\(role)');

        CREATE TABLE \(schema).effects (
            workspace_id uuid NOT NULL, key text NOT NULL, provider text NOT NULL, operation text NOT NULL,
            state text NOT NULL DEFAULT 'planned'
                CHECK (state IN ('planned', 'calling', 'done', 'refused', 'unknown')),
            attempt integer NOT NULL DEFAULT 0, command_key text, lease_until timestamptz, called_at timestamptz,
            request jsonb NOT NULL, outcome jsonb, reply jsonb, error jsonb,
            created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (workspace_id, key)
        );
        CREATE INDEX ON \(schema).effects (state, updated_at) WHERE state IN ('calling', 'unknown');
        SELECT platform.protect('\(schema).effects', '\(role)');

        CREATE TABLE \(schema).retries (
            message_id text NOT NULL, workspace_id uuid NOT NULL, attempts integer NOT NULL, last_error text NOT NULL,
            last_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (message_id, workspace_id)
        );
        SELECT platform.protect('\(schema).retries', '\(role)');

        CREATE TABLE \(schema).dead_letters (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, queue text NOT NULL, message_id text, type text,
            subject text, correlation_id text, reason text NOT NULL, detail text NOT NULL, body bytea NOT NULL,
            status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'requeued', 'discarded')),
            created_at timestamptz NOT NULL DEFAULT now(), closed_at timestamptz
        );
        CREATE UNIQUE INDEX ON \(schema).dead_letters (workspace_id, queue, message_id) WHERE status = 'open';
        CREATE INDEX ON \(schema).dead_letters (workspace_id, created_at DESC);
        SELECT platform.protect('\(schema).dead_letters', '\(role)');
        -- What is not an envelope belongs to no workspace and is shown to every operator.
        CREATE POLICY unowned ON \(schema).dead_letters FOR SELECT
            USING (workspace_id = '00000000-0000-0000-0000-000000000000');
        """
    }

    /// So that what is looked at every few seconds is found without reading the table.
    package static func gauges(_ schema: String) -> String {
        """
        CREATE INDEX ON \(schema).outbox (parked_at) WHERE parked_at IS NOT NULL;
        CREATE INDEX ON \(schema).retries (last_at);

        """
    }

    /// What is no envelope was shown to every tenant. Now it is of the only one there is, or of the platform's own
    /// workspace.
    package static func ownedLetters(_ schema: String) -> String {
        """
        DROP POLICY unowned ON \(schema).dead_letters;
        -- For an owner who is no superuser either.
        ALTER TABLE \(schema).dead_letters NO FORCE ROW LEVEL SECURITY;
        UPDATE \(schema).dead_letters SET workspace_id = tenant.id
        FROM platform.workspaces AS tenant
        WHERE workspace_id = '00000000-0000-0000-0000-000000000000' AND tenant.id <> workspace_id
            AND (SELECT count(*) FROM platform.workspaces) = 2;
        ALTER TABLE \(schema).dead_letters FORCE ROW LEVEL SECURITY;

        """
    }
}
