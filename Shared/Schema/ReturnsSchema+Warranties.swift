extension ReturnsSchema {
    /// Terms, registrations, claims and what happened to them.
    static let warranties = """
        -- Every version that was ever in force.
        CREATE TABLE returns.warranty_terms (
            workspace_id uuid NOT NULL, version integer NOT NULL CHECK (version > 0), document json NOT NULL,
            actor text NOT NULL, created_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, version)
        );
        SELECT platform.protect('returns.warranty_terms');
        REVOKE UPDATE, DELETE ON returns.warranty_terms FROM \(role);

        CREATE TABLE returns.warranty_registrations (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, sku text NOT NULL, serial text NOT NULL,
            email text NOT NULL, name text, purchased_on date NOT NULL,
            -- What brought it: an order of ours and its line, or the proof of somebody else's sale.
            order_id uuid, line_id text, proof jsonb,
            status text NOT NULL CHECK (status IN ('verified', 'unverified', 'rejected')), status_reason text,
            created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
            CONSTRAINT origin CHECK ((order_id IS NULL) <> (proof IS NULL))
        );
        -- However a serial number is written.
        CREATE UNIQUE INDEX registration_serial ON returns.warranty_registrations (workspace_id, sku, lower(serial));
        CREATE INDEX ON returns.warranty_registrations (workspace_id, created_at DESC, id DESC);
        CREATE INDEX ON returns.warranty_registrations (workspace_id, lower(email));
        SELECT platform.protect('returns.warranty_registrations');

        CREATE TABLE returns.warranty_claims (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, order_id uuid,
            registration_id uuid REFERENCES returns.warranty_registrations,
            status text NOT NULL CHECK (status IN ('requested', 'coverage_check', 'in_review', 'approved', 'label_sent',
                'in_transit', 'received', 'inspected', 'in_repair', 'repaired', 'replaced', 'refund_pending', 'refunded',
                'closed', 'rejected', 'cancelled', 'expired')),
            -- {"code","message"}: what a person has to decide, or why it ended.
            status_reason jsonb,
            -- As it was asked for: description, evidence, helpdesk, addresses.
            request jsonb NOT NULL,
            line_id text, sku text NOT NULL, title text NOT NULL, quantity integer NOT NULL CHECK (quantity > 0),
            -- What the terms said, with the version that said it.
            coverage jsonb NOT NULL,
            -- What is being done, or was done; what a person has chosen comes before the plan.
            remedy text CHECK (remedy IN ('repair', 'replacement', 'refund')),
            chosen text CHECK (chosen IN ('repair', 'replacement', 'refund')),
            finding text CHECK (finding IN ('defect', 'no_fault', 'misuse', 'not_ours')),
            repair jsonb, replacement jsonb,
            -- On which the goods went back to the customer.
            parcel jsonb,
            -- Whether its registered unit may not be claimed beside it, or ever again.
            holds_registration boolean NOT NULL DEFAULT true,
            saga_id uuid, saga_run integer NOT NULL DEFAULT 0, saga_version bigint NOT NULL DEFAULT 0,
            review_due_at timestamptz,
            created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
            CONSTRAINT about_something CHECK (order_id IS NOT NULL OR registration_id IS NOT NULL)
        );
        CREATE UNIQUE INDEX claimed_registration ON returns.warranty_claims (registration_id)
            WHERE registration_id IS NOT NULL AND holds_registration;
        CREATE INDEX ON returns.warranty_claims (workspace_id, created_at DESC, id DESC);
        CREATE INDEX ON returns.warranty_claims (workspace_id, status, created_at DESC, id DESC);
        CREATE INDEX ON returns.warranty_claims (order_id) WHERE order_id IS NOT NULL;
        CREATE INDEX ON returns.warranty_claims (registration_id) WHERE registration_id IS NOT NULL;
        SELECT platform.protect('returns.warranty_claims');

        CREATE TABLE returns.warranty_timeline (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL,
            warranty_id uuid NOT NULL REFERENCES returns.warranty_claims,
            at timestamptz NOT NULL, type text NOT NULL, actor text NOT NULL, summary text NOT NULL, external_ref text,
            dedupe_key text NOT NULL, UNIQUE (warranty_id, dedupe_key)
        );
        CREATE INDEX ON returns.warranty_timeline (warranty_id, at, id);
        SELECT platform.protect('returns.warranty_timeline');
        REVOKE UPDATE, DELETE ON returns.warranty_timeline FROM \(role);

        -- A return that brings in the goods of a claim is driven by the claim.
        ALTER TABLE returns.returns ADD warranty_id uuid REFERENCES returns.warranty_claims;
        CREATE UNIQUE INDEX returns_of_claims ON returns.returns (warranty_id) WHERE warranty_id IS NOT NULL;
        """
}
