extension ReturnsSchema {
    /// What providers call a return: its RMA number at the warehouse, its authorization in the ERP.
    static let names = """
        CREATE INDEX ON returns.returns USING gin (jsonb_path_query_array(external_ids, '$.*') jsonb_path_ops);
        """
}
