/// The gates before the accounts. The functions decide as `GateState` of ProviderGates does; its tests hold them to it.
enum GateSchema {
    static let tables = """
        CREATE TABLE providers.gates (
            workspace_id uuid NOT NULL, account text NOT NULL,
            -- The limits, as the last caller had them in its settings.
            slots integer, per_second double precision, burst double precision, failures_max integer NOT NULL,
            tokens double precision NOT NULL, refilled_at timestamptz NOT NULL,
            -- The calls under way: lease to the second since 1970 at which its place falls free by itself.
            leases jsonb NOT NULL DEFAULT '{}', call_seconds double precision NOT NULL DEFAULT 0.2,
            blocked_until timestamptz, limited integer NOT NULL DEFAULT 0,
            -- When the next caller that is sent away may come back.
            customer_turn_at timestamptz NOT NULL, bulk_turn_at timestamptz NOT NULL,
            breaker text NOT NULL DEFAULT 'closed' CHECK (breaker IN ('closed', 'open', 'half_open')),
            breaker_since timestamptz NOT NULL, failures integer NOT NULL DEFAULT 0,
            -- Open: when a probe may go. Half open: until when the probe that is out counts.
            probe_at timestamptz NOT NULL, probe uuid, cool_seconds double precision NOT NULL DEFAULT 5,
            PRIMARY KEY (workspace_id, account)
        ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
        SELECT platform.protect('providers.gates');

        CREATE FUNCTION providers.seconds(t timestamptz) RETURNS double precision LANGUAGE sql STABLE AS
        $$ SELECT extract(epoch FROM t)::double precision $$;

        -- The row as it is at a moment: the bucket refilled, places fallen free.
        CREATE FUNCTION providers.refreshed(g providers.gates, t timestamptz) RETURNS providers.gates
        LANGUAGE plpgsql STABLE AS $$
        BEGIN
            IF g.per_second IS NOT NULL THEN
                g.tokens := least(g.burst, g.tokens
                    + greatest(0, providers.seconds(t) - providers.seconds(g.refilled_at)) * g.per_second);
            END IF;
            g.refilled_at := greatest(t, g.refilled_at);
            IF g.leases <> '{}' THEN
                g.leases := (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(g.leases)
                             WHERE (value #>> '{}')::double precision > providers.seconds(t));
            END IF;
            RETURN g;
        END $$;

        -- What people see.
        CREATE VIEW providers.gate_view WITH (security_invoker = true) AS
            SELECT r.workspace_id, r.account, r.slots,
                   (SELECT count(*) FROM jsonb_object_keys(r.leases)) AS slots_taken,
                   r.per_second, r.burst, CASE WHEN r.per_second IS NOT NULL THEN r.tokens END AS tokens,
                   r.breaker, r.breaker_since, r.failures, CASE WHEN r.blocked_until > now() THEN r.blocked_until END AS blocked_until,
                   CASE WHEN r.customer_turn_at > now() THEN r.customer_turn_at END AS customers_wait_until,
                   CASE WHEN r.bulk_turn_at > now() THEN r.bulk_turn_at END AS bulk_waits_until
            FROM providers.gates g CROSS JOIN LATERAL providers.refreshed(g, now()) r;

        """

    static let entering = """
        -- p_rank: 0 goes on with work that has called, 1 a customer waits, 2 bulk. p_at: the moment, for tests.
        CREATE FUNCTION providers.enter(
            p_workspace uuid, p_account text, p_slots integer, p_per_second double precision, p_burst double precision,
            p_failures_max integer, p_lease uuid, p_rank integer, p_cost double precision, p_patience double precision,
            p_lease_seconds double precision, p_at timestamptz,
            OUT verdict text, OUT reason text, OUT wait double precision, OUT tokens_left double precision,
            OUT failed integer, OUT awaited boolean)
        LANGUAGE plpgsql AS $$
        DECLARE
            g providers.gates;
            t timestamptz;
            cost double precision := least(p_cost, p_burst);
            reserve double precision := 0;
            patience double precision := p_patience;
            spacing double precision := 0;
        BEGIN
            -- A crash of the server may forget the last moment of a gate, never more: no call waits for the disk.
            PERFORM set_config('synchronous_commit', 'off', true);
            SELECT * INTO g FROM providers.gates WHERE workspace_id = p_workspace AND account = p_account FOR UPDATE;
            IF NOT FOUND THEN
                t := coalesce(p_at, clock_timestamp());
                INSERT INTO providers.gates (workspace_id, account, failures_max, tokens, refilled_at, customer_turn_at,
                                             bulk_turn_at, breaker_since, probe_at)
                VALUES (p_workspace, p_account, p_failures_max, coalesce(p_burst, 0), t, t, t, t, t)
                ON CONFLICT DO NOTHING;
                SELECT * INTO g FROM providers.gates WHERE workspace_id = p_workspace AND account = p_account FOR UPDATE;
            END IF;
            -- The moment after the lock was had: moments of callers that waited for each other are in their order.
            t := coalesce(p_at, clock_timestamp());
            g.slots := p_slots;
            g.per_second := p_per_second;
            g.burst := p_burst;
            g.failures_max := p_failures_max;
            g := providers.refreshed(g, t);
            wait := 0;
            IF g.breaker <> 'closed' AND t < g.probe_at THEN
                reason := 'breaker_' || g.breaker;
                wait := CASE g.breaker WHEN 'open' THEN providers.seconds(g.probe_at) - providers.seconds(t) ELSE 1 END;
            ELSIF g.blocked_until > t THEN
                reason := 'blocked';
                wait := providers.seconds(g.blocked_until) - providers.seconds(t);
            ELSIF (SELECT count(*) FROM jsonb_object_keys(g.leases)) >= greatest(1, p_slots - p_rank) THEN
                reason := 'slots';
                spacing := g.call_seconds / p_slots;
                wait := least(0.25, greatest(0.05, spacing));
            ELSIF p_per_second IS NOT NULL THEN
                reserve := least(p_burst - cost, p_burst * CASE p_rank WHEN 0 THEN 0 WHEN 1 THEN 0.1 ELSE 0.25 END);
                IF p_rank > 0 THEN patience := least(patience, reserve / 2 / p_per_second); END IF;
                wait := greatest(0, (reserve + cost - g.tokens) / p_per_second);
                IF wait > patience THEN
                    reason := 'rate';
                    spacing := cost / p_per_second;
                END IF;
            END IF;

            IF reason IS NULL THEN
                verdict := 'granted';
                IF p_per_second IS NOT NULL THEN g.tokens := g.tokens - cost; END IF;
                awaited := p_slots IS NOT NULL OR g.breaker <> 'closed';
                IF g.breaker <> 'closed' THEN
                    g.breaker := 'half_open';
                    g.probe := p_lease;
                    g.probe_at := t + make_interval(secs => wait + p_lease_seconds);
                END IF;
                IF awaited THEN
                    g.leases := g.leases
                        || jsonb_build_object(p_lease::text, providers.seconds(t) + wait + p_lease_seconds);
                END IF;
            ELSIF wait <= patience THEN
                verdict := 'again';
            ELSE
                verdict := 'later';
                IF spacing > 0 AND p_rank = 2 THEN
                    g.bulk_turn_at := least(t + interval '10 minutes',
                        greatest(g.bulk_turn_at, t + make_interval(secs => wait)) + make_interval(secs => spacing));
                    wait := providers.seconds(g.bulk_turn_at) - providers.seconds(t);
                ELSIF spacing > 0 THEN
                    g.customer_turn_at := least(t + interval '10 minutes',
                        greatest(g.customer_turn_at, t + make_interval(secs => wait)) + make_interval(secs => spacing));
                    wait := providers.seconds(g.customer_turn_at) - providers.seconds(t);
                END IF;
            END IF;
            tokens_left := CASE WHEN p_per_second IS NOT NULL THEN g.tokens END;
            failed := g.failures;
            IF verdict = 'again' THEN RETURN; END IF;
            UPDATE providers.gates SET slots = g.slots, per_second = g.per_second, burst = g.burst,
                failures_max = g.failures_max, tokens = g.tokens, refilled_at = g.refilled_at, leases = g.leases,
                customer_turn_at = g.customer_turn_at, bulk_turn_at = g.bulk_turn_at, breaker = g.breaker,
                probe = g.probe, probe_at = g.probe_at
            WHERE workspace_id = p_workspace AND account = p_account;
        END $$;

        """

    static let leaving = """
        CREATE FUNCTION providers.leave(
            p_workspace uuid, p_account text, p_lease uuid, p_outcome text, p_tokens double precision,
            p_block double precision, p_seconds double precision, p_at timestamptz, OUT change text)
        LANGUAGE plpgsql AS $$
        DECLARE
            g providers.gates;
            t timestamptz;
            block double precision := p_block;
            is_probe boolean;
        BEGIN
            PERFORM set_config('synchronous_commit', 'off', true);
            SELECT * INTO g FROM providers.gates WHERE workspace_id = p_workspace AND account = p_account FOR UPDATE;
            IF NOT FOUND THEN RETURN; END IF;
            t := coalesce(p_at, clock_timestamp());
            g := providers.refreshed(g, t);
            g.leases := g.leases - p_lease::text;
            IF g.per_second IS NOT NULL THEN g.tokens := least(g.tokens, coalesce(p_tokens, g.tokens)); END IF;
            is_probe := g.breaker = 'half_open' AND g.probe = p_lease;
            IF p_outcome IN ('answered', 'limited') THEN g.failures := 0; END IF;
            IF p_outcome = 'answered' THEN
                g.limited := 0;
                g.call_seconds := g.call_seconds * 0.8 + p_seconds * 0.2;
            ELSIF p_outcome = 'limited' THEN
                g.limited := g.limited + 1;
                IF g.per_second IS NOT NULL THEN g.tokens := least(g.tokens, 0); END IF;
                block := coalesce(block, 1 / g.per_second, least(60, 2 ^ least(6, g.limited - 1)));
            ELSIF p_outcome = 'failed' AND g.breaker = 'closed' THEN
                g.failures := g.failures + 1;
                IF g.failures >= g.failures_max THEN
                    change := 'opened';
                    g.breaker := 'open';
                    g.breaker_since := t;
                    g.cool_seconds := 5;
                    g.probe_at := t + interval '5 seconds';
                END IF;
            END IF;
            IF is_probe AND p_outcome IN ('answered', 'limited') THEN
                change := 'closed';
                g.breaker := 'closed';
                g.breaker_since := t;
            ELSIF is_probe AND p_outcome = 'failed' THEN
                change := 'reopened';
                g.breaker := 'open';
                g.cool_seconds := least(60, g.cool_seconds * 2);
                g.probe_at := t + make_interval(secs => g.cool_seconds);
            ELSIF is_probe THEN
                g.breaker := 'open';
                g.probe_at := t;
            END IF;
            IF block > 0 THEN
                g.blocked_until := greatest(g.blocked_until, t + make_interval(secs => block));
            END IF;
            UPDATE providers.gates SET tokens = g.tokens, refilled_at = g.refilled_at, leases = g.leases,
                call_seconds = g.call_seconds, blocked_until = g.blocked_until, limited = g.limited,
                breaker = g.breaker, breaker_since = g.breaker_since, failures = g.failures, probe_at = g.probe_at,
                cool_seconds = g.cool_seconds
            WHERE workspace_id = p_workspace AND account = p_account;
        END $$;

        CREATE FUNCTION providers.renew(
            p_workspace uuid, p_account text, p_lease uuid, p_lease_seconds double precision, p_at timestamptz)
        RETURNS void LANGUAGE sql AS $$
            UPDATE providers.gates SET
                leases = leases || jsonb_build_object(
                    p_lease::text, providers.seconds(coalesce(p_at, clock_timestamp())) + p_lease_seconds),
                probe_at = CASE WHEN breaker = 'half_open' AND probe = p_lease
                    THEN coalesce(p_at, clock_timestamp()) + make_interval(secs => p_lease_seconds) ELSE probe_at END
            WHERE workspace_id = p_workspace AND account = p_account AND leases ? p_lease::text
        $$;

        """

    /// Every service that calls providers; a new one is granted the same.
    static let access = """
        GRANT USAGE ON SCHEMA providers TO stateset_order_ingest, stateset_fulfillment_dispatch, stateset_tracking,
            stateset_api;
        GRANT SELECT, INSERT, UPDATE ON providers.gates
            TO stateset_order_ingest, stateset_fulfillment_dispatch, stateset_tracking;
        GRANT SELECT ON providers.gates TO stateset_api;
        GRANT SELECT ON providers.gate_view
            TO stateset_order_ingest, stateset_fulfillment_dispatch, stateset_tracking, stateset_api;
        """
}
