extension ConditionVocabulary {
    /// The facts that nothing tells yet: no shop's order has them, and no service keeps them. A condition on one is
    /// never met, and a policy that asks for one is told so.
    ///
    /// Of `product.type` an order tells one value, `ReturnPolicy.giftCardType`.
    public static let untold: Set<String> = [
        "customer.orders_placed", "customer.returns_placed", "customer.keep_item_outcomes",
        "customer.partial_credits_issued", "customer.bonus_credit_received", "customer.failed_payment_attempts",
        "customer.returns_with_missing_or_wrong_items",
        "order.returns_on_order",
        "product.type", "product.tags", "product.collections",
        "return.method", "return.high_fraud_risk", "return.restock_location",
    ]
}
