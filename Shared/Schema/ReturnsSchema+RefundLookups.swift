extension ReturnsSchema {
    /// Refunds that hang, or have failed, are found without reading those that are done.
    static let refundLookups = """
        CREATE INDEX ON returns.refunds (workspace_id, status, created_at DESC, id DESC);
        CREATE INDEX ON returns.refunds (workspace_id, external_id) WHERE external_id IS NOT NULL;
        """
}
