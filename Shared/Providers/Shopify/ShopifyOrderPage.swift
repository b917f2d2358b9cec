/// What to list.
public struct ShopifyOrderQuery: Sendable {
    /// RFC 3339; orders changed at or after it.
    public var updatedAtMin: String?
    /// RFC 3339; orders changed at or before it.
    public var updatedAtMax: String?
    /// Orders a page, at most 250.
    public var limit: Int

    public init(updatedAtMin: String? = nil, updatedAtMax: String? = nil, limit: Int = 250) {
        self.updatedAtMin = updatedAtMin
        self.updatedAtMax = updatedAtMax
        self.limit = limit
    }

    /// Orders of every status: a cancelled one is news too.
    var pairs: [(String, String)] {
        var pairs = [("status", "any"), ("limit", "\(min(max(limit, 1), 250))")]
        if let updatedAtMin { pairs.append(("updated_at_min", updatedAtMin)) }
        if let updatedAtMax { pairs.append(("updated_at_max", updatedAtMax)) }
        return pairs
    }
}

/// A page of a list of orders.
public struct ShopifyOrderPage: Sendable {
    /// Each order as JSON, bare, as a webhook would bring it.
    public let orders: [ShopifyOrderDocument]
    /// Nil on the last page.
    public let next: ShopifyPageCursor?
}

/// An order as it came, with what a poller needs to know of it.
public struct ShopifyOrderDocument: Sendable {
    public let id: ShopifyID?
    public let updatedAt: String?
    public let json: [UInt8]
}

/// Where a list goes on. Short-lived: between runs keep the `updated_at` watermark instead.
public struct ShopifyPageCursor: Sendable, Equatable {
    let url: String
}
