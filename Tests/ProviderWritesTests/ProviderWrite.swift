/// A command that writes to a provider, and the request that does it.
struct ProviderWrite: Sendable {
    let command: String
    let provider: String
    let method: String
    var path: String
    /// Whether a second effect is possible when a request lands after every settle time.
    var canRepeat = false
    /// Whether the look after a lost answer can show it; otherwise it is made again, under its own key.
    var isLookedFor = true

    /// Every command that writes; a new effect handler belongs here, or among the reads.
    static let all = ofOrders + ofReturns + ofWarranties

    /// The other write of `SendRefund`, before the shop's.
    static let refundAtStripe = ProviderWrite(
        command: "SendRefund", provider: "stripe", method: "POST", path: "*/refunds", isLookedFor: false)

    private static let ofOrders = [
        ProviderWrite(
            command: "CreateSalesOrder", provider: "netsuite", method: "POST", path: "*/record/v1/salesOrder"),
        ProviderWrite(command: "TagShopOrder", provider: "shopify", method: "POST", path: "*/graphql.json"),
        ProviderWrite(command: "RecordSalesOrderInShop", provider: "shopify", method: "PUT", path: "*/orders/*.json"),
        ProviderWrite(command: "DispatchToWarehouse", provider: "dcl", method: "POST", path: "*/batches"),
        ProviderWrite(command: "FlagSalesOrder", provider: "netsuite", method: "PATCH", path: "*/salesOrder/*"),
        ProviderWrite(
            command: "CreateItemFulfillment", provider: "netsuite", method: "POST", path: "*/!transform/itemFulfillment"
        ),
        ProviderWrite(command: "CreateCashSale", provider: "netsuite", method: "POST", path: "*/!transform/cashSale"),
        ProviderWrite(
            command: "CreateShopFulfillment", provider: "shopify", method: "POST", path: "*/fulfillments.json",
            canRepeat: true),
        ProviderWrite(
            command: "StartTracking", provider: "shipstation", method: "POST", path: "*/tracking/start"),
        ProviderWrite(command: "CancelDispatch", provider: "dcl", method: "PUT", path: "*/orders/*/cancel"),
        ProviderWrite(command: "UntagShopOrder", provider: "shopify", method: "POST", path: "*/graphql.json"),
        ProviderWrite(command: "CancelSalesOrder", provider: "netsuite", method: "PATCH", path: "*/salesOrder/*"),
    ]

    private static let ofReturns = [
        ProviderWrite(
            command: "AuthorizeReturn", provider: "netsuite", method: "POST", path: "*/!transform/returnAuthorization"),
        ProviderWrite(
            command: "CancelReturnAuthorization", provider: "netsuite", method: "PATCH", path: "*/returnAuthorization/*"
        ),
        ProviderWrite(command: "AnnounceReturn", provider: "dcl", method: "POST", path: "*/rmas"),
        ProviderWrite(command: "CancelReturnAnnouncement", provider: "dcl", method: "PUT", path: "*/rmas/*/cancel"),
        ProviderWrite(command: "BuyReturnLabel", provider: "shipstation", method: "POST", path: "*/labels"),
        ProviderWrite(command: "VoidReturnLabel", provider: "shipstation", method: "PUT", path: "*/labels/*/void"),
        ProviderWrite(command: "ReissueReturnLabel", provider: "shipstation", method: "POST", path: "*/labels"),
        ProviderWrite(
            command: "PostReturnMessage", provider: "gorgias", method: "POST", path: "*/messages", canRepeat: true),
        ProviderWrite(command: "CloseReturnTicket", provider: "gorgias", method: "PUT", path: "*/tickets/*"),
        ProviderWrite(
            command: "CancelReturnSubscription", provider: "recharge", method: "POST", path: "*/subscriptions/*/cancel"),
        ProviderWrite(
            command: "RestoreReturnSubscription", provider: "recharge", method: "POST",
            path: "*/subscriptions/*/activate"),
        ProviderWrite(command: "SkipReturnCharge", provider: "recharge", method: "POST", path: "*/charges/*/skip"),
        ProviderWrite(command: "UnskipReturnCharge", provider: "recharge", method: "POST", path: "*/charges/*/unskip"),
        ProviderWrite(
            command: "PauseReturnSubscription", provider: "recharge", method: "POST",
            path: "*/subscriptions/*/set_next_charge_date"),
        ProviderWrite(
            command: "ResumeReturnSubscription", provider: "recharge", method: "POST",
            path: "*/subscriptions/*/set_next_charge_date"),
        ProviderWrite(command: "SendRefund", provider: "shopify", method: "POST", path: "*/refunds.json"),
        ProviderWrite(
            command: "GrantStoreCreditBonus", provider: "shopify", method: "POST", path: "*/graphql.json",
            canRepeat: true),
        ProviderWrite(command: "RestockReturn", provider: "shopify", method: "POST", path: "*/graphql.json"),
        ProviderWrite(
            command: "RecordReturnReceipt", provider: "netsuite", method: "POST", path: "*/!transform/itemReceipt"),
        ProviderWrite(
            command: "RecordReturnCredit", provider: "netsuite", method: "POST", path: "*/!transform/cashRefund"),
        ProviderWrite(command: "RecordRefundInBooks", provider: "quickbooks", method: "POST", path: "*/refundreceipt"),
        ProviderWrite(
            command: "OpenExchange", provider: "shopify", method: "POST", path: "*/draft_orders.json", canRepeat: true),
        ProviderWrite(
            command: "CompleteExchange", provider: "shopify", method: "PUT", path: "*/draft_orders/*/complete.json"),
        ProviderWrite(command: "CancelExchange", provider: "shopify", method: "DELETE", path: "*/draft_orders/*.json"),
    ]

    private static let ofWarranties = [
        ProviderWrite(
            command: "OpenReplacement", provider: "shopify", method: "POST", path: "*/draft_orders.json",
            canRepeat: true),
        ProviderWrite(
            command: "CompleteReplacement", provider: "shopify", method: "PUT", path: "*/draft_orders/*/complete.json"),
        ProviderWrite(
            command: "CancelReplacement", provider: "shopify", method: "DELETE", path: "*/draft_orders/*.json"),
    ]

    // WHY: six digits, so that a change of the ticket's tags is another path.
    private static let zendeskTicket = "*/tickets/??????.json"

    /// What commands of returns write at the other provider of their kind.
    static let zendeskComment = ProviderWrite(
        command: "PostReturnMessage", provider: "zendesk", method: "PUT", path: zendeskTicket)
    static let zendeskStatus = ProviderWrite(
        command: "CloseReturnTicket", provider: "zendesk", method: "PUT", path: zendeskTicket)
    static let stripeCancellation = ProviderWrite(
        command: "CancelReturnSubscription", provider: "stripe", method: "POST", path: "*/subscriptions/*")
    static let stripeResumption = ProviderWrite(
        command: "RestoreReturnSubscription", provider: "stripe", method: "POST", path: "*/subscriptions/*")

    /// Commands that only read.
    static let reads: Set = [
        "CheckOrder", "ImportSalesOrder", "FindUnownedSalesOrders", "PollWarehouse", "ReadWarehouseOrder",
        "ReadOrderPayments", "CheckRefund", "ReadWarehouseReturn", "PollWarehouseReturns",
        "ExpireReturn", "ReadReturnSubscription", "CreateReturn", "OpenBlindReturn", "CheckReturnMessage",
        "ReadReturnParcel", "ReadPackage",
    ]

    static func of(_ command: String) -> ProviderWrite? { all.first { $0.command == command } }
}

/// How the first answer to each write is lost.
enum LostAnswer: String, CaseIterable, Sendable {
    /// It acts, and its answer never comes.
    case dropped
    /// It acts a moment later, within the settle time.
    case late
    /// It acts when the settle time is long over, and the second request with it.
    case tooLate

    var mode: String { self == .dropped ? "drop_after" : "apply_later" }

    /// When a request acts whose answer was lost.
    func delayMilliseconds(of write: ProviderWrite) -> Int {
        switch self {
        case .dropped: 0
        case .late: 150
        // WHY: the second requests of all orders must be sent before the first act, on however busy a machine.
        case .tooLate: write.canRepeat ? 20_000 : 1500
        }
    }
}
