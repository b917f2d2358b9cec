import HTTPTransport

/// The state of the shop's leaky bucket, from `X-Shopify-Shop-Api-Call-Limit: 32/40`.
public struct ShopifyCallLimit: Sendable, Equatable {
    public let used: Int
    public let size: Int

    /// Nil when the answer does not tell.
    public init?(_ response: HTTPResponse) {
        guard let header = response.header("X-Shopify-Shop-Api-Call-Limit") else { return nil }
        let numbers = header.split(separator: "/").map { Int($0) }
        guard numbers.count == 2, let used = numbers[0], let size = numbers[1] else { return nil }
        self.used = used
        self.size = size
    }
}
