/// What of an order's shipping refunds have given back, or are about to, in minor units.
public struct RefundedShipping: Hashable, Sendable {
    /// Without its tax.
    public var net: Int64
    public var tax: Int64

    public static let zero = RefundedShipping(net: 0, tax: 0)

    public init(net: Int64, tax: Int64) {
        self.net = net
        self.tax = tax
    }

    public var withTax: Int64 { net + tax }

    public static func - (left: RefundedShipping, right: RefundedShipping) -> RefundedShipping {
        RefundedShipping(net: left.net - right.net, tax: left.tax - right.tax)
    }

    public static func -= (left: inout RefundedShipping, right: RefundedShipping) {
        left = left - right
    }
}
