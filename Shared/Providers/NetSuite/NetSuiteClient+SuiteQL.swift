import Commerce

extension NetSuiteClient {
    // LIMIT: the most rows NetSuite gives in one page.
    public static let pageSize = 1000

    /// One page of a query.
    public func suiteQL(
        _ query: String, limit: Int = pageSize
    ) async throws(ProviderFailure) -> SuiteQLPage {
        try await self.query("query/v1/suiteql?limit=\(limit)", ["q": query], as: SuiteQLPage.self)
    }

    /// Every row of a query, page after page by key: offsets are no snapshot, rows would repeat or vanish.
    ///
    /// - Parameter statement: the query for ids above the one given, ordered by a column `id`, ascending.
    func suiteQLRows(
        _ statement: @Sendable (_ after: Int) -> String
    ) async throws(ProviderFailure) -> [SuiteQLRow] {
        var rows: [SuiteQLRow] = []
        var last = 0
        while true {
            let page = try await suiteQL(statement(last))
            rows += page.items
            guard page.hasMore else { return rows }
            // WHY: a page without a higher id would be asked for again without end.
            guard let id = page.items.last?["id"].flatMap({ Int($0) }), id > last else {
                throw .malformedAnswer(.read)
            }
            last = id
        }
    }
}
