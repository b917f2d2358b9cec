import Postgres

/// `platform`: what every service stands on: workspaces, keys, provider settings, the audit log, the dev clock.
public enum PlatformSchema {
    public static let migrations = MigrationSet(
        schema: "platform",
        migrations: [
            Migration(1, "foundations", foundations),
            Migration(2, "workspaces", workspaces),
            Migration(3, "refund_scopes", refundScopes),
            Migration(4, "webhook_scopes", webhookScopes),
            Migration(5, "documents", documents),
            Migration(6, "return_scopes", returnScopes),
            Migration(7, "warranty_scopes", warrantyScopes),
            Migration(8, "schedule_scopes", scheduleScopes),
            Migration(9, "workspace_read_once", workspaceReadOnce),
            Migration(10, "platform_workspace", platformWorkspace),
            Migration(11, "alert_scopes", alertScopes),
        ])

    private static let foundations = """
        CREATE FUNCTION platform.current_workspace() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('stateset.workspace', true), '')::uuid $$;

        -- Rows of a workspace are visible in transactions of that workspace only; unset means none.
        CREATE FUNCTION platform.protect(target regclass) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
            EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
            EXECUTE format(
                'CREATE POLICY workspace ON %s USING (workspace_id = platform.current_workspace())
                 WITH CHECK (workspace_id = platform.current_workspace())', target);
        END $$;

        -- The plumbing of one service (inbox, outbox, timers, sagas): its own role works across workspaces,
        -- everybody else stays confined.
        CREATE FUNCTION platform.protect(target regclass, owner_role name) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM platform.protect(target);
            EXECUTE format('CREATE POLICY service ON %s TO %I USING (true) WITH CHECK (true)', target, owner_role);
        END $$;

        -- The login of one service: rights on its own schema only, never past row-level security.
        CREATE FUNCTION platform.create_service(schema_name name, role_name name) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            BEGIN
                EXECUTE format('CREATE ROLE %I LOGIN NOBYPASSRLS', role_name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END;
            EXECUTE format('GRANT USAGE ON SCHEMA platform, %I TO %I', schema_name, role_name);
            EXECUTE format(
                'ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I',
                schema_name, role_name);
            EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE ON SEQUENCES TO %I', schema_name, role_name);
            EXECUTE format('ALTER ROLE %I IN DATABASE %I SET search_path = %I', role_name, current_database(), schema_name);
            EXECUTE format('GRANT SELECT ON platform.workspaces, platform.provider_settings, platform.dev_clock TO %I', role_name);
            EXECUTE format('GRANT SELECT, INSERT ON platform.audit_log TO %I', role_name);
        END $$;
        """

    private static let workspaces = """
        CREATE TABLE platform.workspaces (
            id uuid PRIMARY KEY, name text NOT NULL UNIQUE, created_at timestamptz NOT NULL DEFAULT now(),
            webhook_rate_per_second integer NOT NULL DEFAULT 10000
        );

        -- What the holder of a key may do: the scopes of its role, and those it is given besides.
        CREATE TABLE platform.roles (role text PRIMARY KEY, meaning text NOT NULL);
        CREATE TABLE platform.role_scopes (
            role text NOT NULL REFERENCES platform.roles, scope text NOT NULL, PRIMARY KEY (role, scope)
        );
        INSERT INTO platform.roles VALUES
            ('owner', 'everything'),
            ('admin', 'everything an owner may, except what owners keep to themselves later'),
            ('operator', 'runs the operation: orders, sagas, dead letters'),
            ('agent', 'sees orders and their sagas'),
            ('read_only', 'sees everything but keys'),
            ('custom', 'nothing but the scopes given besides');
        INSERT INTO platform.role_scopes SELECT role, unnest(scopes) FROM (VALUES
            ('owner', '{orders:read,orders:write,sagas:read,sagas:write,received:read,dead_letters:read,dead_letters:write,schedules:read,keys:read,keys:write,audit:read}'::text[]),
            ('admin', '{orders:read,orders:write,sagas:read,sagas:write,received:read,dead_letters:read,dead_letters:write,schedules:read,keys:read,keys:write,audit:read}'),
            ('operator', '{orders:read,orders:write,sagas:read,sagas:write,received:read,dead_letters:read,dead_letters:write,schedules:read,audit:read}'),
            ('agent', '{orders:read,sagas:read}'),
            ('read_only', '{orders:read,sagas:read,received:read,dead_letters:read,schedules:read,audit:read}')
        ) AS expansion(role, scopes);

        CREATE TABLE platform.api_keys (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL REFERENCES platform.workspaces, name text NOT NULL,
            principal text NOT NULL, role text NOT NULL REFERENCES platform.roles, scopes text[] NOT NULL,
            secret_hash bytea NOT NULL UNIQUE,
            created_at timestamptz NOT NULL DEFAULT now(), last_used_at timestamptz, revoked_at timestamptz
        );
        CREATE INDEX ON platform.api_keys (workspace_id, created_at DESC, id DESC);
        ALTER TABLE platform.api_keys ENABLE ROW LEVEL SECURITY;
        ALTER TABLE platform.api_keys FORCE ROW LEVEL SECURITY;
        CREATE POLICY workspace ON platform.api_keys USING (workspace_id = platform.current_workspace())
            WITH CHECK (workspace_id = platform.current_workspace());

        CREATE TABLE platform.provider_settings (
            workspace_id uuid NOT NULL REFERENCES platform.workspaces, provider text NOT NULL,
            settings jsonb NOT NULL, secrets bytea, key_id text, updated_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (workspace_id, provider)
        );
        SELECT platform.protect('platform.provider_settings');

        CREATE TABLE platform.audit_log (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, at timestamptz NOT NULL, actor text NOT NULL,
            action text NOT NULL, subject text NOT NULL, reason text, before jsonb, after jsonb
        );
        CREATE INDEX ON platform.audit_log (workspace_id, at DESC, id DESC);
        SELECT platform.protect('platform.audit_log');

        CREATE TABLE platform.dev_clock (id integer PRIMARY KEY DEFAULT 1 CHECK (id = 1), offset_ms bigint NOT NULL);
        INSERT INTO platform.dev_clock VALUES (1, 0);
        """

    private static let refundScopes = """
        INSERT INTO platform.role_scopes SELECT role, unnest(scopes) FROM (VALUES
            ('owner', '{returns:read,refunds:write,policies:write}'::text[]),
            ('admin', '{returns:read,refunds:write,policies:write}'),
            ('operator', '{returns:read,refunds:write}'),
            ('agent', '{returns:read}'),
            ('read_only', '{returns:read}')
        ) AS expansion(role, scopes);
        """

    private static let webhookScopes = """
        INSERT INTO platform.role_scopes SELECT role, unnest(scopes) FROM (VALUES
            ('owner', '{webhooks:read,webhooks:write}'::text[]),
            ('admin', '{webhooks:read,webhooks:write}'),
            ('operator', '{webhooks:read,webhooks:write}'),
            ('read_only', '{webhooks:read}')
        ) AS expansion(role, scopes);
        """

    private static let documents = """
        -- Files that messages refer to, such as labels. Written once.
        CREATE TABLE platform.documents (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, name text NOT NULL, content_type text NOT NULL,
            bytes bytea NOT NULL, created_at timestamptz NOT NULL
        );
        CREATE INDEX ON platform.documents (workspace_id, created_at);
        SELECT platform.protect('platform.documents');

        INSERT INTO platform.role_scopes SELECT role, unnest(scopes) FROM (VALUES
            ('owner', '{emails:read,emails:write}'::text[]),
            ('admin', '{emails:read,emails:write}'),
            ('operator', '{emails:read,emails:write}'),
            ('read_only', '{emails:read}')
        ) AS expansion(role, scopes);
        """

    private static let returnScopes = """
        INSERT INTO platform.role_scopes SELECT role, unnest(scopes) FROM (VALUES
            ('owner', '{returns:write,tickets:read,tickets:write}'::text[]),
            ('admin', '{returns:write,tickets:read,tickets:write}'),
            ('operator', '{returns:write,tickets:read,tickets:write}'),
            -- Who talks with customers opens returns and decides on them; refunds beside a return stay with operators.
            ('agent', '{returns:write,tickets:read,tickets:write}'),
            ('read_only', '{tickets:read}')
        ) AS expansion(role, scopes);
        UPDATE platform.roles SET meaning = 'sees orders and their sagas, handles tickets and returns'
        WHERE role = 'agent';
        """

    private static let warrantyScopes = """
        INSERT INTO platform.role_scopes SELECT role, unnest(scopes) FROM (VALUES
            ('owner', '{warranties:read,warranties:write}'::text[]),
            ('admin', '{warranties:read,warranties:write}'),
            ('operator', '{warranties:read,warranties:write}'),
            ('agent', '{warranties:read,warranties:write}'),
            ('read_only', '{warranties:read}')
        ) AS expansion(role, scopes);
        """

    private static let scheduleScopes = """
        INSERT INTO platform.role_scopes
        VALUES ('owner', 'schedules:write'), ('admin', 'schedules:write'), ('operator', 'schedules:write');
        """

    /// As a subquery the workspace is read once a statement; bare it was read for each row, a fifth of what a row of a
    /// batch cost.
    private static let workspaceReadOnce = """
        CREATE OR REPLACE FUNCTION platform.protect(target regclass) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
            EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
            EXECUTE format(
                'CREATE POLICY workspace ON %s USING (workspace_id = (SELECT platform.current_workspace()))
                 WITH CHECK (workspace_id = (SELECT platform.current_workspace()))', target);
        END $$;

        DO $$
        DECLARE target regclass;
        BEGIN
            FOR target IN SELECT polrelid FROM pg_policy WHERE polname = 'workspace' LOOP
                EXECUTE format(
                    'ALTER POLICY workspace ON %s USING (workspace_id = (SELECT platform.current_workspace()))
                     WITH CHECK (workspace_id = (SELECT platform.current_workspace()))', target);
            END LOOP;
        END $$;
        """

    /// Of those who run the platform. Named like no tenant.
    private static let platformWorkspace = """
        INSERT INTO platform.workspaces (id, name) VALUES ('00000000-0000-0000-0000-000000000000', '(platform)');
        """

    private static let alertScopes = """
        INSERT INTO platform.role_scopes
        VALUES ('owner', 'alerts:read'), ('admin', 'alerts:read'), ('operator', 'alerts:read'),
            ('read_only', 'alerts:read');
        """
}
