extension ActionVocabulary {
    /// The actions that nothing carries out yet: a policy that has one is told so, and no customer is promised it.
    public static let idle: Set<String> = [
        "destination", "exchange_delivery_method", "processing_event", "shop_now_bonus", "shop_now_discount",
        "lock_exchange_price",
    ]
}
