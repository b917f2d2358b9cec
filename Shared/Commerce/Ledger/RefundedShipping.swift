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

    public static func + (left: RefundedShipping, right: RefundedShipping) -> RefundedShipping {
        RefundedShipping(net: left.net + right.net, tax: left.tax + right.tax)
    }

    public static func - (left: RefundedShipping, right: RefundedShipping) -> RefundedShipping {
        RefundedShipping(net: left.net - right.net, tax: left.tax - right.tax)
    }

    public static func -= (left: inout RefundedShipping, right: RefundedShipping) {
        left = left - right
    }
}

/// What refunds of ours give back of a foreign order's shipping, in both of its currencies: each was rounded for itself.
public struct OwnShipping: Hashable, Sendable {
    /// As the customer gets it.
    public var paid: RefundedShipping
    /// As the shop's books were told.
    public var booked: RefundedShipping

    public static let none = OwnShipping(paid: .zero, booked: .zero)

    public init(paid: RefundedShipping, booked: RefundedShipping) {
        self.paid = paid
        self.booked = booked
    }

    /// One refund more.
    public mutating func take(_ paid: RefundResult, booked: RefundResult) {
        self.paid = self.paid + paid.shipping
        self.booked = self.booked + booked.shipping
    }
}

extension RefundResult {
    fileprivate var shipping: RefundedShipping {
        RefundedShipping(net: shippingRefundNet, tax: shippingRefundTax?.minorUnits ?? 0)
    }
}
