import Commerce

extension DCLClient {
    // LIMIT: the most orders the warehouse gives in one page.
    private static let pageSize = 100
    // LIMIT: numbers in one URL; 50 of 25 characters stay below any server's limit on a request line.
    private static let numbersPerQuery = 50

    /// The order; nil when the warehouse has none with this number.
    public func order(_ number: DCLOrderNumber) async throws(ProviderFailure) -> DCLOrder? {
        try await orders([number]).first { $0.orderNumber == number.text }
    }

    /// Those of the orders that the warehouse has.
    public func orders(_ numbers: [DCLOrderNumber]) async throws(ProviderFailure) -> [DCLOrder] {
        var found: [DCLOrder] = []
        var rest = numbers[...]
        while !rest.isEmpty {
            let chunk = rest.prefix(Self.numbersPerQuery)
            rest = rest.dropFirst(chunk.count)
            let list = chunk.map(\.text).joined(separator: ",")
            found += try await allPages([("order_numbers", list), ("extended_date", "true")])
        }
        return found
    }

    /// Orders changed since then: `YYYY-MM-DDTHH:MM:SS`, US Pacific time. Ask with a few minutes of overlap.
    public func orders(modifiedFrom: String) async throws(ProviderFailure) -> [DCLOrder] {
        try await allPages([("modified_from", modifiedFrom), ("extended_date", "true")])
    }

    /// Cancels an order that is not picked yet; one that is cancelled already is left as it is.
    ///
    /// Failure: `refused("409")` with the stage in the words once it is picked. Idempotent.
    public func cancel(_ number: DCLOrderNumber) async throws(ProviderFailure) {
        let body = try ProviderJSON.encode(["account_number": settings.accountNumber])
        let path = "orders/\(PercentEncoding.encode(number.text))/cancel"
        _ = try await link.send(request("PUT", path, body: body), .write)
    }

    /// WHY: there is no total; the last page is the one that is not full.
    private func allPages(_ query: [(String, String)]) async throws(ProviderFailure) -> [DCLOrder] {
        var orders: [DCLOrder] = []
        var page = 1
        while true {
            let paged = query + [("page", "\(page)"), ("page_size", "\(Self.pageSize)")]
            let found = try await link.send(request("GET", "orders", query: paged), .read, as: OrdersAnswer.self).orders
            orders += found
            guard found.count >= Self.pageSize else { return orders }
            page += 1
        }
    }
}

private struct OrdersAnswer: Decodable {
    let orders: [DCLOrder]

    private enum CodingKeys: CodingKey { case orders }

    init(from decoder: any Decoder) throws {
        orders = try decoder.container(keyedBy: CodingKeys.self).list(.orders)
    }
}
