/// What is given on top of a refund that is taken as store credit.
///
/// It is no refund: the order's payments give none of it, and what they have left stays the same.
public struct StoreCreditBonus: Hashable, Sendable {
    /// Of what is refunded.
    public var percent: Percentage
    /// Whatever is refunded.
    public var amount: Money?
    /// The most that both come to; nil for no limit.
    public var max: Money?

    public init(percent: Percentage = .zero, amount: Money? = nil, max: Money? = nil) {
        self.percent = percent
        self.amount = amount
        self.max = max
    }
}
