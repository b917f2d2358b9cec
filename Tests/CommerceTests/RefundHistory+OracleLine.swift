import Commerce

extension RefundHistory {
    /// The history as one line for the second calculation.
    func oracleLine(withDerivation: Bool) -> String {
        let steps = steps.map { step in
            switch step {
            case .made(let lines, let exchange, let result):
                Self.text(lines, exchange, result, withDerivation: withDerivation)
            case .ended(let step, let how):
                #"{"do":"\#(how.rawValue)","step":\#(step)}"#
            }
        }
        return #"{"currency":"\#(currency)","order":\#(order.jsonText),"policy":\#(policy.jsonText),"steps":"#
            + "[\(steps.joined(separator: ","))]}\n"
    }

    private static func text(
        _ lines: [ReturnedLine], _ exchange: [ExchangeLine], _ result: RefundResult, withDerivation: Bool
    ) -> String {
        let counts = lines.map { line in
            let reason = line.reason.map { #","reason":"\#($0)""# } ?? ""
            let waiver = line.feesWaivedBy.map { #","fees_waived_by":"\#($0)""# } ?? ""
            let kept = line.kept.map { #","kept":{"percent":"\#($0.percent)"}"# } ?? ""
            return #"{"line_id":"\#(line.lineID)","quantity":\#(line.units.count),"grade":"\#(line.grade)""#
                + "\(reason)\(waiver)\(kept)}"
        }
        let units = lines.map { "\($0.units.numbers)" }
        let swap = exchange.map {
            #"{"sku":"\#($0.sku)","quantity":\#($0.quantity),"#
                + #""amount":"\#($0.amount.decimalString)","tax":"\#($0.tax.decimalString)"}"#
        }
        let response = withDerivation ? result.storedText : result.storedTextWithoutDerivation
        return
            #"{"do":"return","lines":[\#(counts.joined(separator: ","))],"units":[\#(units.joined(separator: ","))],"#
            + #""exchange":[\#(swap.joined(separator: ","))],"response":\#(response)}"#
    }
}

extension RefundResult {
    fileprivate var storedTextWithoutDerivation: String {
        let text = storedText
        guard let start = text.firstRange(of: #","derivation":"#)?.lowerBound else { return text }
        return text[..<start] + "}"
    }
}

extension RefundOrder {
    fileprivate var jsonText: String {
        let lines = lines.map {
            #"{"id":"\#($0.id)","sku":"\#($0.sku)","quantity":\#($0.quantity),"unit_price":"\#($0.unitPrice)","#
                + #""discount":"\#($0.discount.decimalString)","tax":"\#($0.tax.decimalString)"}"#
        }
        let tenders = tenders.map {
            #"{"id":"\#($0.id)","kind":"\#($0.kind)","captured":"\#($0.captured.decimalString)","#
                + #""refunded":"\#($0.refunded.decimalString)","pending":"\#($0.pending.decimalString)"}"#
        }
        return #"{"taxes_included":\#(taxesIncluded),"lines":[\#(lines.joined(separator: ","))],"#
            + #""shipping":{"amount":"\#(shipping.amount.decimalString)","tax":"\#(shipping.tax.decimalString)","#
            + #""refunded":"\#(shipping.refunded.decimalString)"},"tenders":[\#(tenders.joined(separator: ","))]}"#
    }
}

extension RefundPolicy {
    fileprivate var jsonText: String {
        let reasons = feeWaivedReasons.sorted().map { #""\#($0)""# }
        var text =
            #"{"restocking_fee_percent":"\#(restockingFeePercent)","restocking_fee_base":"\#(restockingFeeBase.rawValue)","#
        text += #""restocking_fee_taxed":\#(restockingFeeTaxed),"original_shipping":"\#(originalShipping.rawValue)","#
        text += #""fee_waived_reasons":[\#(reasons.joined(separator: ","))]"#
        if let returnShippingFee { text += #","return_shipping_fee":"\#(returnShippingFee.decimalString)""# }
        if let grades {
            let entries = grades.map { #""\#($0)":"\#($1)""# }
            text += #","grades":{\#(entries.joined(separator: ","))}"#
        }
        if case .kinds(let kinds) = tenderOrder { text += #","tender_order":\#(kinds)"# }
        return text + "}"
    }
}
