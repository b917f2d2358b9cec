extension RefundResult {
    /// The answer to a request as JSON text, its members in reading order: exactly those that the reference has.
    public var jsonText: String { text(withShippingTax: false) }

    /// The calculation as it is stored: the same document as `encode` writes, several times faster. It says besides what
    /// of the shipping refund is tax.
    public var storedText: String { text(withShippingTax: true) }

    private func text(withShippingTax: Bool) -> String {
        var json = JSONText()
        json.object { json in
            json.member("currency", currency.code)
            json.name("lines")
            json.array(lines) { $0.line($1) }
            json.member("shipping_refund", shippingRefund)
            if withShippingTax, let shippingRefundTax { json.member("shipping_refund_tax", shippingRefundTax) }
            json.member("return_shipping_fee", returnShippingFee)
            json.member("exchange_total", exchangeTotal)
            if let givenBefore { json.member("given_before", givenBefore) }
            json.member("total", total)
            json.member("unrecovered_fees", unrecoveredFees)
            json.member("capped", capped)
            json.member("amount_due", amountDue)
            if let storeCreditBonus { json.member("store_credit_bonus", storeCreditBonus) }
            json.name("tenders")
            json.array(tenders) { $0.tender($1) }
            json.name("derivation")
            json.derivation(derivation)
        }
        return json.text
    }
}

extension Derivation {
    /// The derivation as JSON text, the same document as `encode` writes.
    public var jsonText: String {
        var json = JSONText()
        json.derivation(self)
        return json.text
    }
}

extension JSONText {
    fileprivate mutating func line(_ line: RefundedLine) {
        object { json in
            json.member("line_id", line.lineID)
            json.member("quantity", line.quantity)
            json.member("net", line.net)
            json.member("tax", line.tax)
            json.member("grade_deduction", line.gradeDeduction)
            if let kept = line.keptDeduction { json.member("kept_deduction", kept) }
            json.member("restocking_fee", line.restockingFee)
            json.member("amount", line.amount)
        }
    }

    fileprivate mutating func tender(_ tender: RefundedTender) {
        object { json in
            json.member("id", tender.id)
            json.member("amount", tender.amount)
        }
    }

    fileprivate mutating func derivation(_ derivation: Derivation) {
        object { json in
            json.member("version", derivation.version)
            json.member("currency", derivation.currency.code)
            json.member("digits", derivation.digits)
            json.name("figures")
            json.array(derivation.figures) { $0.node($1) }
        }
    }

    private mutating func node(_ node: DerivationNode) {
        object { json in
            switch node.content {
            case .literal:
                if let name = node.name { json.member("input", name) }
                if let value = node.value?.decimalString { json.member("value", value) }
            case .reference:
                if let name = node.name { json.member("figure", name) }
            case .operation(let operation, let operands):
                if let name = node.name { json.member("figure", name) }
                if node.name != nil, let value = node.value?.decimalString { json.member("value", value) }
                if let note = node.note { json.member("note", note) }
                json.member("op", operation.rawValue)
                json.name("of")
                json.array(operands) { $0.node($1) }
            }
        }
    }
}
