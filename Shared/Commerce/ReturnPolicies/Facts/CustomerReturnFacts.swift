/// What is known about the customer of a return.
public struct CustomerReturnFacts: Hashable, Sendable {
    public var tags: Set<String>?
    /// This order included.
    public var ordersPlaced: Int?
    /// Before this return.
    public var returnsPlaced: Int?
    public var keepItemOutcomes: Int?
    public var partialCreditsIssued: Int?
    public var bonusCreditReceived: Money?
    public var failedPaymentAttempts: Int?
    public var returnsWithMissingOrWrongItems: Int?

    public init() {}
}
