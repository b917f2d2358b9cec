extension ReturnsSchema {
    /// Returns by the subscription that their goods came from.
    static let subscriptions = """
        CREATE INDEX ON returns.returns (workspace_id, ((request -> 'subscription' ->> 'id')))
            WHERE (request -> 'subscription' ->> 'id') IS NOT NULL;
        """
}
