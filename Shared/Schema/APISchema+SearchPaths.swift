extension APISchema {
    /// Functions that look past row-level security find no table that their caller has made. PostgreSQL searches a
    /// session's temporary tables first, unless `pg_temp` is named last.
    static let searchPaths = """
        ALTER FUNCTION api.find_key SET search_path = platform, pg_temp;
        ALTER FUNCTION saga_coordinator.sagas_having SET search_path = saga_coordinator, pg_temp;
        ALTER FUNCTION order_ingest.orders_matching SET search_path = order_ingest, pg_temp;
        ALTER FUNCTION order_ingest.orders_of SET search_path = order_ingest, pg_temp;
        ALTER FUNCTION returns.tickets_matching SET search_path = returns, pg_temp;
        ALTER FUNCTION returns.post SET search_path = returns, pg_temp;
        ALTER FUNCTION returns.balance SET search_path = returns, pg_temp;
        ALTER FUNCTION returns.same_transaction SET search_path = returns, pg_temp;
        ALTER FUNCTION returns.mark_disputed SET search_path = returns, pg_temp;
        """
}
