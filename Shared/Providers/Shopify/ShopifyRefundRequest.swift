/// The body of `POST …/refunds.json` and of its calculation.
struct ShopifyRefundRequest: Encodable {
    private struct Line: Encodable {
        let lineItemID: ShopifyID
        let quantity: Int
        let restockType: String
        let locationID: ShopifyID?

        private enum CodingKeys: String, CodingKey {
            case quantity
            case lineItemID = "line_item_id"
            case restockType = "restock_type"
            case locationID = "location_id"
        }

        init(_ line: ShopifyRefundDraft.Line) {
            lineItemID = line.lineItemID
            quantity = line.quantity
            (restockType, locationID) =
                switch line.restock {
                case .none: ("no_restock", nil)
                case .cancel(let location): ("cancel", location)
                case .restock(let location): ("return", location)
                }
        }
    }

    private struct Shipping: Encodable {
        let fullRefund: Bool?
        let amount: String?

        private enum CodingKeys: String, CodingKey {
            case amount
            case fullRefund = "full_refund"
        }

        init(_ shipping: ShopifyRefundDraft.Shipping) {
            (fullRefund, amount) =
                switch shipping {
                case .full: (true, nil)
                case .amount(let amount): (nil, amount.text)
                }
        }
    }

    private struct Transaction: Encodable {
        let parentID: ShopifyID
        let amount: String
        let kind = "refund"
        let gateway: String

        private enum CodingKeys: String, CodingKey {
            case amount, kind, gateway
            case parentID = "parent_id"
        }
    }

    private let currency: String
    private let note: String?
    private let notify: Bool?
    private let shipping: Shipping?
    private let lines: [Line]
    private let transactions: [Transaction]?

    private enum CodingKeys: String, CodingKey {
        case currency, note, notify, shipping, transactions
        case lines = "refund_line_items"
    }

    init(_ draft: ShopifyRefundDraft, isCalculation: Bool = false) {
        currency = draft.currency
        note = isCalculation ? nil : draft.markedNote
        notify = isCalculation ? nil : draft.notifyCustomer
        shipping = draft.shipping.map(Shipping.init)
        lines = draft.lines.map(Line.init)
        let payments = draft.payments.map {
            Transaction(parentID: $0.parentID, amount: $0.amount.text, gateway: $0.gateway)
        }
        transactions = isCalculation ? nil : payments
    }
}
