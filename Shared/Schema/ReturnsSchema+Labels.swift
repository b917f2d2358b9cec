extension ReturnsSchema {
    /// Labels that others take the place of.
    static let replacedLabels = """
        -- A label in whose place another was asked for. Its parcel may still be the one that comes in.
        CREATE TABLE returns.replaced_labels (
            return_id uuid NOT NULL REFERENCES returns.returns, label_id text NOT NULL, workspace_id uuid NOT NULL,
            tracking_number text NOT NULL,
            -- What names the new label at the carrier's broker: a label is replaced once, however often that is asked.
            successor_key text NOT NULL,
            asked_at timestamptz NOT NULL,
            PRIMARY KEY (return_id, label_id)
        );
        CREATE INDEX ON returns.replaced_labels (workspace_id, tracking_number);
        SELECT platform.protect('returns.replaced_labels');
        REVOKE UPDATE, DELETE ON returns.replaced_labels FROM \(role);
        """
}
