/// The calculation as it is stored in JSON: amounts as decimal strings, and the currency once.
private struct RefundResultForm: Codable {
    struct Line: Codable {
        let lineID: String
        let quantity: Int
        let net, tax, gradeDeduction: String
        let keptDeduction: String?
        let restockingFee, amount: String

        enum CodingKeys: String, CodingKey {
            case quantity, net, tax, amount
            case lineID = "line_id"
            case gradeDeduction = "grade_deduction"
            case keptDeduction = "kept_deduction"
            case restockingFee = "restocking_fee"
        }
    }

    struct Payment: Codable {
        let id, amount: String
    }

    let currency: Currency
    let lines: [Line]
    let givenBefore: String?
    let shippingRefund, returnShippingFee, exchangeTotal, total, unrecoveredFees, capped, amountDue: String
    let shippingRefundTax, storeCreditBonus: String?
    let tenders: [Payment]
    let derivation: Derivation

    enum CodingKeys: String, CodingKey {
        case currency, lines, total, capped, tenders, derivation
        case shippingRefund = "shipping_refund"
        case shippingRefundTax = "shipping_refund_tax"
        case returnShippingFee = "return_shipping_fee"
        case exchangeTotal = "exchange_total"
        case givenBefore = "given_before"
        case unrecoveredFees = "unrecovered_fees"
        case amountDue = "amount_due"
        case storeCreditBonus = "store_credit_bonus"
    }
}

extension RefundResult: Codable {
    /// Failure: `DecodingError` or `MoneyError` for anything but what `encode` writes.
    public init(from decoder: any Decoder) throws {
        let form = try RefundResultForm(from: decoder)
        func money(_ text: String) throws -> Money { try Money(decimal: text, currency: form.currency) }
        self.init(
            currency: form.currency,
            lines: try form.lines.map { try RefundedLine($0, money) },
            shippingRefund: try money(form.shippingRefund),
            shippingRefundTax: try form.shippingRefundTax.map(money),
            returnShippingFee: try money(form.returnShippingFee),
            exchangeTotal: try money(form.exchangeTotal), givenBefore: try form.givenBefore.map(money),
            total: try money(form.total), unrecoveredFees: try money(form.unrecoveredFees),
            capped: try money(form.capped), amountDue: try money(form.amountDue),
            tenders: try form.tenders.map { RefundedTender(id: $0.id, amount: try money($0.amount)) },
            storeCreditBonus: try form.storeCreditBonus.map(money),
            figures: form.derivation.figures)
    }

    public func encode(to encoder: any Encoder) throws {
        try RefundResultForm(
            currency: currency, lines: lines.map(\.form), givenBefore: givenBefore?.decimalString,
            shippingRefund: shippingRefund.decimalString,
            returnShippingFee: returnShippingFee.decimalString, exchangeTotal: exchangeTotal.decimalString,
            total: total.decimalString, unrecoveredFees: unrecoveredFees.decimalString,
            capped: capped.decimalString, amountDue: amountDue.decimalString,
            shippingRefundTax: shippingRefundTax?.decimalString, storeCreditBonus: storeCreditBonus?.decimalString,
            tenders: tenders.map { .init(id: $0.id, amount: $0.amount.decimalString) },
            derivation: derivation
        ).encode(to: encoder)
    }
}

extension RefundedLine {
    fileprivate init(_ form: RefundResultForm.Line, _ money: (String) throws -> Money) throws {
        self.init(
            lineID: form.lineID, quantity: form.quantity, net: try money(form.net), tax: try money(form.tax),
            gradeDeduction: try money(form.gradeDeduction), keptDeduction: try form.keptDeduction.map(money),
            restockingFee: try money(form.restockingFee), amount: try money(form.amount))
    }

    fileprivate var form: RefundResultForm.Line {
        .init(
            lineID: lineID, quantity: quantity, net: net.decimalString, tax: tax.decimalString,
            gradeDeduction: gradeDeduction.decimalString, keptDeduction: keptDeduction?.decimalString,
            restockingFee: restockingFee.decimalString, amount: amount.decimalString)
    }
}
