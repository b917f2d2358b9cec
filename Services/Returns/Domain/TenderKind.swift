/// What kind of payment a gateway of the shop stands for, in the words that policies order tenders by.
enum TenderKind {
    static func named(_ gateway: String?) -> String {
        switch gateway {
        case "gift_card": "gift_card"
        case "shopify_store_credit", "store_credit": "store_credit"
        case "cash", "manual", "bank_deposit", "money_order", "cash_on_delivery": "manual"
        case nil: "other"
        default: "card"
        }
    }
}
