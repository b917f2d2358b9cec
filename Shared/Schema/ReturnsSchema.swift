import Postgres

/// `returns`: the ledger of each order's money, refunds, the units they hold, and the return policies.
public enum ReturnsSchema {
    public static let migrations = MigrationSet(
        schema: "returns",
        migrations: [
            Migration(1, "messaging", MessagingSchema.tables("returns", role: role)),
            Migration(2, "ledger", ledger),
            Migration(3, "refunds", refunds),
            Migration(4, "disputes", disputes),
            Migration(5, "kept_units", keptUnits),
            Migration(6, "returns", returns),
            Migration(7, "tickets", tickets),
            Migration(8, "books_and_exchanges", booksAndExchanges),
            Migration(9, "exchange_entries", exchangeEntries),
            Migration(10, "warranties", warranties),
            Migration(11, "approved_amounts", approvedAmounts),
            Migration(12, "returns_at_rest", returnsAtRest),
            Migration(13, "warehouse_returns", warehouseReturns),
            Migration(14, "replaced_labels", replacedLabels),
            Migration(15, "inspections", inspections),
            Migration(16, "store_credit_bonuses", storeCreditBonuses),
            Migration(17, "subscription_changes", subscriptionChanges),
            Migration(18, "customer_messages", customerMessages),
            Migration(19, "booked_refunds", bookedRefunds),
            Migration(20, "declined_lines", declinedLines),
            Migration(21, "bonus_news", bonusNews),
            Migration(22, "blind_receipts", blindReceipts),
            Migration(23, "shipping_tax", shippingTax),
            Migration(24, "names", names),
            Migration(25, "shop_refunds", shopRefunds),
            Migration(26, "promised_rooms", promisedRooms),
            Migration(27, "earlier_blind_receipts", earlierBlindReceipts),
            Migration(28, "exchange_rooms", exchangeRooms),
            Migration(29, "subscriptions", subscriptions),
            Migration(30, "stripe_refunds", stripeRefunds),
            Migration(31, "late_receipts", lateReceipts),
            Migration(32, "refund_lookups", refundLookups),
        ])

    static let role = "stateset_returns"

    /// Double entry. Nobody writes a balance: postings do, and what would refund more than was captured is refused
    /// here, whoever asks and however many at a time.
    private static let ledger = """
        -- One row an order: what was sold, as it was allocated at the sale. Its lock puts refunds of one order in turn.
        CREATE TABLE returns.ledgers (
            order_id uuid PRIMARY KEY, workspace_id uuid NOT NULL, currency text NOT NULL,
            -- What refunds are calculated from: lines, shipping, whether taxes are included.
            sale jsonb NOT NULL,
            opened_at timestamptz NOT NULL
        );
        SELECT platform.protect('returns.ledgers');

        -- A payment of an order. Its amounts are minor units, kept by the postings alone.
        CREATE TABLE returns.tenders (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL,
            order_id uuid NOT NULL REFERENCES returns.ledgers, provider text NOT NULL, external_id text NOT NULL,
            kind text NOT NULL, position integer NOT NULL,
            captured bigint NOT NULL DEFAULT 0 CHECK (captured >= 0),
            refunded bigint NOT NULL DEFAULT 0 CHECK (refunded >= 0),
            pending bigint NOT NULL DEFAULT 0 CHECK (pending >= 0),
            -- The dispute that keeps refunds from this payment.
            disputed_by text,
            -- The world gave back what was reserved here already: a refund made by hand, a lost dispute.
            exceeded boolean NOT NULL DEFAULT false,
            CONSTRAINT tender_room CHECK (exceeded OR refunded + pending <= captured)
        );
        CREATE UNIQUE INDEX ON returns.tenders (workspace_id, provider, external_id);
        CREATE INDEX ON returns.tenders (order_id, position);
        SELECT platform.protect('returns.tenders');

        CREATE TABLE returns.entries (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, order_id uuid NOT NULL REFERENCES returns.ledgers,
            kind text NOT NULL CHECK (kind IN ('captured', 'refund_requested', 'refund_succeeded', 'refund_failed',
                'refund_reversed', 'refund_in_shop', 'refund_in_shop_failed', 'dispute_opened', 'dispute_won',
                'dispute_lost')),
            -- The refund, transaction or dispute it follows from; each kind follows once from each.
            cause text NOT NULL, at timestamptz NOT NULL,
            UNIQUE (workspace_id, order_id, kind, cause)
        );
        CREATE INDEX ON returns.entries (order_id, at, id);
        SELECT platform.protect('returns.entries');

        CREATE TABLE returns.postings (
            entry_id uuid NOT NULL REFERENCES returns.entries, line integer NOT NULL, workspace_id uuid NOT NULL,
            order_id uuid NOT NULL,
            account text NOT NULL CHECK (account IN ('goods', 'tax', 'shipping', 'duties', 'fees', 'deductions',
                'exchange', 'goodwill', 'other',
                'captured', 'refunded', 'pending', 'disputed')),
            tender_id uuid REFERENCES returns.tenders,
            debit bigint NOT NULL DEFAULT 0 CHECK (debit >= 0), credit bigint NOT NULL DEFAULT 0 CHECK (credit >= 0),
            PRIMARY KEY (entry_id, line),
            CONSTRAINT one_side CHECK ((debit = 0) <> (credit = 0)),
            CONSTRAINT tender_account CHECK ((tender_id IS NOT NULL) = (account IN ('captured', 'refunded', 'pending')))
        );
        CREATE INDEX ON returns.postings (order_id);
        SELECT platform.protect('returns.postings');

        CREATE FUNCTION returns.post() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = returns AS $$
        DECLARE
            owner uuid;
        BEGIN
            SELECT order_id INTO owner FROM entries WHERE id = NEW.entry_id AND workspace_id = NEW.workspace_id;
            IF owner IS DISTINCT FROM NEW.order_id THEN
                RAISE EXCEPTION 'the entry is of another order' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF NEW.tender_id IS NULL THEN RETURN NEW; END IF;
            UPDATE tenders SET
                captured = captured + CASE NEW.account WHEN 'captured' THEN NEW.debit - NEW.credit ELSE 0 END,
                refunded = refunded + CASE NEW.account WHEN 'refunded' THEN NEW.credit - NEW.debit ELSE 0 END,
                pending = pending + CASE NEW.account WHEN 'pending' THEN NEW.credit - NEW.debit ELSE 0 END,
                -- What has happened outside is written down even where it goes beyond; what we ask for is not.
                exceeded = refunded + pending
                    + CASE WHEN NEW.account IN ('refunded', 'pending') THEN NEW.credit - NEW.debit ELSE 0 END
                    > captured + CASE NEW.account WHEN 'captured' THEN NEW.debit - NEW.credit ELSE 0 END
                    AND (NEW.account = 'refunded' OR exceeded AND NEW.credit = 0)
            WHERE id = NEW.tender_id AND order_id = NEW.order_id AND workspace_id = NEW.workspace_id;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'the tender is of another order' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER post BEFORE INSERT ON returns.postings FOR EACH ROW EXECUTE FUNCTION returns.post();

        CREATE FUNCTION returns.balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = returns AS $$
        DECLARE
            entry uuid := CASE TG_TABLE_NAME WHEN 'entries' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'entry_id' END;
            difference numeric;
        BEGIN
            SELECT sum(debit::numeric - credit) INTO difference FROM postings WHERE entry_id = entry;
            IF difference IS DISTINCT FROM 0 THEN
                RAISE EXCEPTION 'entry % is out of balance by %', entry, coalesce(difference::text, 'all: it has no postings')
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_balance';
            END IF;
            RETURN NULL;
        END $$;
        -- On both: whoever has the one checked early has the other at the end.
        CREATE CONSTRAINT TRIGGER balance AFTER INSERT ON returns.entries DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION returns.balance();
        CREATE CONSTRAINT TRIGGER balance AFTER INSERT ON returns.postings DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION returns.balance();

        -- An entry is complete with its transaction: postings come with their entry or not at all.
        CREATE FUNCTION returns.same_transaction() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = returns AS $$
        BEGIN
            IF NOT EXISTS (SELECT FROM entries WHERE id = NEW.entry_id AND xmin = pg_current_xact_id()::xid) THEN
                RAISE EXCEPTION 'entries are closed with their transaction' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER same_transaction BEFORE INSERT ON returns.postings
            FOR EACH ROW EXECUTE FUNCTION returns.same_transaction();

        -- What is written stays written; corrections are entries of their own.
        REVOKE UPDATE, DELETE ON returns.entries, returns.postings FROM \(role);
        REVOKE INSERT, UPDATE, DELETE ON returns.tenders FROM \(role);
        GRANT INSERT (id, workspace_id, order_id, provider, external_id, kind, position) ON returns.tenders TO \(role);
        GRANT UPDATE (disputed_by) ON returns.tenders TO \(role);
        REVOKE DELETE ON returns.ledgers FROM \(role);
        """

    private static let refunds = """
        CREATE TABLE returns.refunds (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, order_id uuid NOT NULL REFERENCES returns.ledgers,
            status text NOT NULL CHECK (status IN ('requested', 'pending', 'succeeded', 'failed', 'requires_action')),
            amount bigint NOT NULL CHECK (amount > 0), currency text NOT NULL, reason text,
            -- The answer of the refund calculation with its derivation; null for a plain amount.
            calculation json, actor text NOT NULL, error jsonb,
            created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL
        );
        CREATE INDEX ON returns.refunds (order_id, created_at);
        CREATE INDEX ON returns.refunds (workspace_id, created_at DESC, id DESC);
        SELECT platform.protect('returns.refunds');

        -- A unit of an order line is held by one refund or return at a time.
        CREATE TABLE returns.held_units (
            order_id uuid NOT NULL REFERENCES returns.ledgers, line_id text NOT NULL, unit integer NOT NULL CHECK (unit > 0),
            workspace_id uuid NOT NULL, holder uuid NOT NULL,
            PRIMARY KEY (order_id, line_id, unit)
        );
        CREATE INDEX ON returns.held_units (holder);
        SELECT platform.protect('returns.held_units');

        -- Every version that was ever in force.
        CREATE TABLE returns.policies (
            workspace_id uuid NOT NULL, version integer NOT NULL CHECK (version > 0), document json NOT NULL,
            actor text NOT NULL, created_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, version)
        );
        SELECT platform.protect('returns.policies');
        REVOKE UPDATE, DELETE ON returns.policies FROM \(role);
        """

    private static let disputes = """
        -- Each dispute by itself: two may be about one payment, and their news come in any order.
        CREATE TABLE returns.disputes (
            workspace_id uuid NOT NULL, provider text NOT NULL, external_id text NOT NULL,
            order_id uuid NOT NULL REFERENCES returns.ledgers, tender_id uuid NOT NULL REFERENCES returns.tenders,
            -- Minor units: what is disputed, and how much of it the payment still had to hold.
            amount bigint NOT NULL CHECK (amount >= 0), held bigint NOT NULL CHECK (held BETWEEN 0 AND amount),
            status text NOT NULL CHECK (status IN ('open', 'won', 'lost')),
            opened_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, provider, external_id)
        );
        CREATE INDEX ON returns.disputes (order_id);
        CREATE INDEX ON returns.disputes (tender_id) WHERE status = 'open';
        SELECT platform.protect('returns.disputes');

        ALTER TABLE returns.entries DROP CONSTRAINT entries_kind_check;
        ALTER TABLE returns.entries ADD CHECK (kind IN ('captured', 'refund_requested', 'refund_succeeded',
            'refund_failed', 'refund_reversed', 'refund_in_shop', 'refund_in_shop_failed', 'dispute_opened',
            'dispute_held', 'dispute_won', 'dispute_lost'));

        INSERT INTO returns.disputes
        SELECT e.workspace_id, 'shopify', replace(e.cause, 'shopify-dispute-', ''), e.order_id, p.tender_id, p.credit,
            p.credit,
            CASE WHEN EXISTS (SELECT FROM returns.entries l WHERE l.order_id = e.order_id AND l.cause = e.cause
                              AND l.kind = 'dispute_lost') THEN 'lost'
                 WHEN EXISTS (SELECT FROM returns.entries w WHERE w.order_id = e.order_id AND w.cause = e.cause
                              AND w.kind = 'dispute_won') THEN 'won'
                 ELSE 'open' END, e.at, e.at
        FROM returns.entries e JOIN returns.postings p ON p.entry_id = e.id AND p.account = 'pending'
        WHERE e.kind = 'dispute_opened';

        -- A payment is marked by the first of its disputes that is open, and by nobody's hand.
        CREATE FUNCTION returns.mark_disputed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = returns AS $$
        BEGIN
            UPDATE tenders SET disputed_by = (
                SELECT d.provider || '-dispute-' || d.external_id FROM disputes d
                WHERE d.tender_id = NEW.tender_id AND d.status = 'open' ORDER BY d.opened_at, d.external_id LIMIT 1)
            WHERE id = NEW.tender_id AND workspace_id = NEW.workspace_id;
            RETURN NULL;
        END $$;
        CREATE TRIGGER mark_disputed AFTER INSERT OR UPDATE OF status ON returns.disputes
            FOR EACH ROW EXECUTE FUNCTION returns.mark_disputed();
        REVOKE UPDATE (disputed_by) ON returns.tenders FROM \(role);
        REVOKE UPDATE, DELETE ON returns.disputes FROM \(role);
        GRANT UPDATE (status, held, updated_at) ON returns.disputes TO \(role);
        """

    private static let keptUnits = """
        -- Whether the customer keeps the unit for a part of its price; then its shipping stays paid.
        ALTER TABLE returns.held_units ADD kept boolean NOT NULL DEFAULT false;
        """

    private static let returns = """
        CREATE TABLE returns.returns (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, order_id uuid NOT NULL REFERENCES returns.ledgers,
            status text NOT NULL CHECK (status IN ('requested', 'eligibility_check', 'in_review', 'approved',
                'label_pending', 'label_sent', 'in_transit', 'received', 'inspected', 'refund_pending', 'refunded',
                'exchanged', 'closed', 'rejected', 'cancelled', 'expired')),
            -- {"code","message"}: what a person has to decide, or why it ended.
            status_reason jsonb,
            resolution text NOT NULL, channel text NOT NULL,
            -- As it was asked for: exchange lines, helpdesk, subscription, the address the parcel is sent from.
            request jsonb NOT NULL,
            -- What the policy said, with the version that said it.
            decision json NOT NULL, policy_version integer NOT NULL,
            label jsonb,
            -- What others call it, by provider: netsuite, dcl, shipstation, exchange, …
            external_ids jsonb NOT NULL DEFAULT '{}',
            refund_id uuid REFERENCES returns.refunds,
            -- Counts the lives of a return that was taken up again: none finds the effects of the one before.
            generation integer NOT NULL DEFAULT 1,
            saga_id uuid, saga_run integer NOT NULL DEFAULT 0, saga_version bigint NOT NULL DEFAULT 0,
            review_due_at timestamptz, received_at timestamptz,
            created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL
        );
        CREATE INDEX ON returns.returns (workspace_id, created_at DESC, id DESC);
        CREATE INDEX ON returns.returns (workspace_id, status, created_at DESC, id DESC);
        CREATE INDEX ON returns.returns (order_id);
        CREATE INDEX ON returns.returns (workspace_id, (label ->> 'tracking_number')) WHERE label IS NOT NULL;
        CREATE INDEX ON returns.returns (workspace_id, (external_ids ->> 'dcl')) WHERE external_ids ? 'dcl';
        CREATE INDEX ON returns.returns (workspace_id, (external_ids ->> 'exchange')) WHERE external_ids ? 'exchange';
        SELECT platform.protect('returns.returns');

        -- Every unit by its number within its order line, as in held_units.
        CREATE TABLE returns.return_units (
            return_id uuid NOT NULL REFERENCES returns.returns, line_id text NOT NULL, unit integer NOT NULL CHECK (unit > 0),
            workspace_id uuid NOT NULL, position integer NOT NULL, sku text NOT NULL, title text NOT NULL, reason text,
            -- Whether the goods do not come back: kept or given away.
            stays boolean NOT NULL DEFAULT false,
            state text CHECK (state IN ('received', 'damaged', 'missing', 'wrong_item')),
            grade text CHECK (grade IN ('A', 'B', 'C', 'D')), matched boolean,
            received_at timestamptz, inspected_at timestamptz,
            PRIMARY KEY (return_id, line_id, unit)
        );
        SELECT platform.protect('returns.return_units');

        -- What came beside what was expected.
        CREATE TABLE returns.return_extras (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, return_id uuid NOT NULL REFERENCES returns.returns,
            sku text NOT NULL, quantity integer NOT NULL CHECK (quantity > 0), actor text NOT NULL, at timestamptz NOT NULL
        );
        CREATE INDEX ON returns.return_extras (return_id);
        SELECT platform.protect('returns.return_extras');

        CREATE TABLE returns.return_timeline (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, return_id uuid NOT NULL REFERENCES returns.returns,
            at timestamptz NOT NULL, type text NOT NULL, actor text NOT NULL, summary text NOT NULL, external_ref text,
            dedupe_key text NOT NULL, UNIQUE (return_id, dedupe_key)
        );
        CREATE INDEX ON returns.return_timeline (return_id, at, id);
        SELECT platform.protect('returns.return_timeline');
        REVOKE UPDATE, DELETE ON returns.return_timeline FROM \(role);

        ALTER TABLE returns.refunds
            ADD return_id uuid REFERENCES returns.returns,
            ADD destination text NOT NULL DEFAULT 'tenders' CHECK (destination IN ('tenders', 'store_credit')),
            -- Where the money was given back, and what the refund is called there.
            ADD provider text, ADD external_id text;
        CREATE INDEX ON returns.refunds (return_id) WHERE return_id IS NOT NULL;
        CREATE INDEX ON returns.refunds (updated_at) WHERE status IN ('pending', 'requires_action');
        """

    private static let tickets = """
        CREATE TABLE returns.tickets (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, subject text NOT NULL, customer_email text NOT NULL,
            status text NOT NULL CHECK (status IN ('return_requested', 'eligibility_check', 'in_review', 'approved',
                'label_sent', 'item_received', 'refunded', 'rejected', 'cancelled', 'closed', 'open', 'pending', 'solved')),
            custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
            -- What a caller's amount differs from what we reckon by; shown, never paid.
            flags jsonb NOT NULL DEFAULT '[]',
            return_id uuid UNIQUE REFERENCES returns.returns,
            -- Counts the changes: what If-Match compares.
            version integer NOT NULL DEFAULT 1,
            created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
            search tsvector GENERATED ALWAYS AS (
                to_tsvector('simple', subject) || to_tsvector('simple', customer_email)
                || jsonb_to_tsvector('simple', custom_fields, '["string", "numeric"]')) STORED
        );
        CREATE INDEX ON returns.tickets (workspace_id, created_at DESC, id DESC);
        CREATE INDEX ON returns.tickets (workspace_id, status, created_at DESC, id DESC);
        CREATE INDEX ON returns.tickets (workspace_id, lower(customer_email));
        CREATE INDEX ON returns.tickets USING gin (search);
        SELECT platform.protect('returns.tickets');
        """

    private static let exchangeEntries = """
        ALTER TABLE returns.entries DROP CONSTRAINT entries_kind_check;
        ALTER TABLE returns.entries ADD CHECK (kind IN ('captured', 'refund_requested', 'refund_succeeded',
            'refund_failed', 'refund_reversed', 'refund_in_shop', 'refund_in_shop_failed', 'exchanged',
            'dispute_opened', 'dispute_held', 'dispute_won', 'dispute_lost'));
        """

    private static let booksAndExchanges = """
        -- A company's newest keys at QuickBooks, encrypted. A renewal that is lost ends the connection for good.
        CREATE TABLE returns.quickbooks_tokens (
            workspace_id uuid NOT NULL, realm_id text NOT NULL,
            -- Null before the first renewal.
            sealed bytea, key_id text,
            -- Whose renewal is under way, and by the database's clock until when.
            renewal uuid, lease_until timestamptz,
            PRIMARY KEY (workspace_id, realm_id),
            CONSTRAINT sealed_by_key CHECK ((sealed IS NULL) = (key_id IS NULL))
        );
        SELECT platform.protect('returns.quickbooks_tokens');

        -- The goods of an exchange, as they were set aside in the shop.
        ALTER TABLE returns.returns ADD exchange jsonb;
        """

    private static let approvedAmounts = """
        -- What a return came to when a person approved it, in minor units of its order's currency: no more than that is
        -- asked about again.
        ALTER TABLE returns.returns ADD approved_amount bigint CHECK (approved_amount >= 0);
        """

    private static let returnsAtRest = """
        -- Whether its saga has ended well: nothing drives the return any more, and what a person decides is done at once.
        ALTER TABLE returns.returns ADD rests boolean NOT NULL DEFAULT false;
        DO $$
        BEGIN
            IF to_regclass('saga_coordinator.sagas') IS NULL THEN RETURN; END IF;
            -- For an owner who is no superuser either.
            ALTER TABLE returns.returns NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE saga_coordinator.sagas NO FORCE ROW LEVEL SECURITY;
            UPDATE returns.returns r SET rests = true FROM saga_coordinator.sagas s
            WHERE s.id = r.saga_id AND s.status = 'completed' AND r.warranty_id IS NULL;
            ALTER TABLE returns.returns FORCE ROW LEVEL SECURITY;
            ALTER TABLE saga_coordinator.sagas FORCE ROW LEVEL SECURITY;
        END $$;
        """
}
