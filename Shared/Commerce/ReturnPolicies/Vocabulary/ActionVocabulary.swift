/// Everything a rule may do.
public enum ActionVocabulary {
    public static let actions = item + handling + experience + money

    public static func action(_ name: String) -> ActionType? { byName[name] }

    static let names = actions.map(\.name)

    private static let byName = Dictionary(actions.map { ($0.name, $0) }) { first, _ in first }

    private static let item: [ActionType] = [.bypassFinalSale, .donate, .keepItem, .reject]
    private static let handling: [ActionType] = [
        .needsReview, .exchangeDeliveryMethod, .destination, .processingEvent, .subscription,
    ]
    private static let experience: [ActionType] = [
        .excludeMethods, .excludeOutcomes, .hideProduct, .requireShipping, .reasonGroup, .window,
    ]
    private static let money: [ActionType] = [
        .partialCredit, .refundOriginalShipping, .handlingFee, .restockingFeePercent, .waiveFees, .shopNowBonus,
        .shopNowDiscount, .storeCreditIncentive, .lockExchangePrice, .instantRefund,
    ]
}

extension ActionType {
    static let bypassFinalSale = ActionType(
        .item, "bypass_final_sale", .flag, ofLine: true, "Take the line back although it is final sale.")
    static let donate = ActionType(.item, "donate", .flag, ofLine: true, "The customer gives the goods away.")
    static let keepItem = ActionType(
        .item, "keep_item", .flag, ofLine: true, "The customer keeps the goods; comes before giving them away.")
    static let reject = ActionType(
        .item, "reject", .notice, ofLine: true, restrictive: true,
        "Refuse the line; a sentence is shown to the customer.")

    static let needsReview = ActionType(
        .handling, "needs_review", .notice, restrictive: true, "A person decides; a sentence is shown to staff.")
    static let exchangeDeliveryMethod = ActionType(
        .handling, "exchange_delivery_method", .text, "How the goods of an exchange are sent. Not carried out yet.")
    static let destination = ActionType(
        .handling, "destination", .text, "Where the goods go instead of the zone's place. Not carried out yet.")
    static let processingEvent = ActionType(
        .handling, "processing_event", .processingEvent,
        "What has to happen before the return is processed. Not carried out yet.")
    static let subscription = ActionType(
        .handling, "subscription", .subscription,
        "What becomes of the subscription named with the return, unless the request says.")

    static let excludeMethods = ActionType(
        .experience, "exclude_methods", .methods, "Methods that are not offered.")
    static let excludeOutcomes = ActionType(
        .experience, "exclude_outcomes", .resolutions, "Resolutions that are not offered.")
    static let hideProduct = ActionType(
        .experience, "hide_product", .flag, ofLine: true,
        "Only staff may return the line; customers are not offered it.")
    static let requireShipping = ActionType(
        .experience, "require_shipping", .flag, "The goods must be shipped: no other method, no keeping, no donating.")
    static let reasonGroup = ActionType(
        .experience, "reason_group", .text, ofLine: true, "The group of reasons offered for the line.")
    static let window = ActionType(
        .experience, "window", .window, ofLine: true, restrictive: true,
        "Change the zone's window for the line.")

    static let partialCredit = ActionType(
        .money, "partial_credit", .percent, ofLine: true,
        "The customer keeps the goods and gets this share of the line's price.")
    static let refundOriginalShipping = ActionType(
        .money, "refund_original_shipping", .originalShipping, "Whether the order's shipping is refunded.")
    static let handlingFee = ActionType(
        .money, "handling_fee", .amount, "The flat fee of the return instead of the return shipping fee.")
    static let restockingFeePercent = ActionType(
        .money, "restocking_fee_percent", .percent, "The restocking fee of the return.")
    static let waiveFees = ActionType(
        .money, "waive_fees", .flag, ofLine: true, "No fees for the line, as with a reason whose fees are waived.")
    static let shopNowBonus = ActionType(
        .money, "shop_now_bonus", .bonus, "What is added to the credit when it is spent at once. Not carried out yet.")
    static let shopNowDiscount = ActionType(
        .money, "shop_now_discount", .percent, "The discount on what is bought at once. Not carried out yet.")
    static let storeCreditIncentive = ActionType(
        .money, "store_credit_incentive", .bonus, "What is added to a refund that is taken as store credit.")
    static let lockExchangePrice = ActionType(
        .money, "lock_exchange_price", .flag,
        "An exchange for another variant costs and gives nothing. Not carried out yet.")
    static let instantRefund = ActionType(
        .money, "instant_refund", .flag, "Whether a refund may be paid without anybody looking at it.")
}
