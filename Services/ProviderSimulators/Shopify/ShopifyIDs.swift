/// The counters of a shop, each starting where a real shop's might be.
struct ShopifyIDs: Sendable {
    var order: IDCounter
    var orderNumber: IDCounter
    var line: IDCounter
    var transaction: IDCounter
    var customer: IDCounter
    var shippingLine: IDCounter
    var fulfillmentOrder: IDCounter
    var fulfillmentOrderLine: IDCounter
    var fulfillment: IDCounter
    var refund: IDCounter
    var refundLine: IDCounter
    var dispute: IDCounter
    var draftOrder: IDCounter
    var draftOrderNumber: IDCounter
    var stockAdjustment: IDCounter
    var event: IDCounter

    init(_ offset: IDOffset) {
        // An order makes several lines and transactions, so these need more room than order numbers.
        let wide = offset.value * 1000
        order = IDCounter(5_678_901_234_567 + wide)
        orderNumber = IDCounter(1001 + offset.value)
        line = IDCounter(13_711_234_567_890 + wide)
        transaction = IDCounter(801_038_806 + wide)
        customer = IDCounter(7_071_195_510 + wide)
        shippingLine = IDCounter(369_256_396 + wide)
        fulfillmentOrder = IDCounter(1_046_000_822 + wide)
        fulfillmentOrderLine = IDCounter(1_058_737_563 + wide)
        fulfillment = IDCounter(1_069_019_884 + wide)
        refund = IDCounter(929_361_466 + wide)
        refundLine = IDCounter(1_058_498_311 + wide)
        dispute = IDCounter(35_982_383 + wide)
        draftOrder = IDCounter(994_118_539 + wide)
        draftOrderNumber = IDCounter(1 + offset.value)
        stockAdjustment = IDCounter(116_718_741 + wide)
        event = IDCounter(1 + wide)
    }
}
