extension ReturnsSchema {
    /// What inspections say beside grade and match.
    static let inspections = """
        -- Of a unit of which the policy asks a checklist: whether it is answered.
        ALTER TABLE returns.return_units ADD checklist text CHECK (checklist IN ('open', 'answered'));

        -- Inspections with answers or photos; what was found later does not replace what was found before.
        CREATE TABLE returns.return_inspections (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, return_id uuid NOT NULL REFERENCES returns.returns,
            at timestamptz NOT NULL, actor text NOT NULL,
            -- Units by their numbers within the order's line.
            line_id text NOT NULL, units bigint[] NOT NULL,
            grade text CHECK (grade IN ('A', 'B', 'C', 'D')), matched boolean,
            -- [{"id","text","passed","note"}], with the texts as they were asked.
            checklist jsonb NOT NULL,
            -- URLs that nobody here fetches.
            photos text[] NOT NULL
        );
        CREATE INDEX ON returns.return_inspections (return_id, at, id);
        SELECT platform.protect('returns.return_inspections');
        REVOKE UPDATE, DELETE ON returns.return_inspections FROM \(role);
        """
}
