extension FormReader {
    mutating func exchange(
        _ field: FormField<RefundRequestForm.Exchange>, in currency: Currency?
    ) -> [ExchangeLine] {
        guard let exchange = optional(field, .init("exchange"), "an object with lines") else { return [] }
        let lines = list(exchange.lines, .init("exchange.lines"), limit: RefundLimits.linesMax)
        return lines.enumerated().compactMap { exchangeLine($1, at: $0, currency) }
    }

    private mutating func exchangeLine(
        _ field: FormField<RefundRequestForm.ExchangedLine>, at index: Int, _ currency: Currency?
    ) -> ExchangeLine? {
        func name(_ field: String) -> RequestPath { .init("exchange.lines", index, field) }
        guard let line = required(field, name(""), "an object") else { return nil }
        let sku = optional(line.sku, name("sku"), "a text") ?? ""
        let quantity = self.quantity(line.quantity, name("quantity"))
        let amount = self.amount(line.amount, name("amount"), in: currency)
        let tax = self.amount(line.tax, name("tax"), in: currency)
        guard let quantity, let amount, let tax else { return nil }
        return ExchangeLine(sku: sku, quantity: quantity, amount: amount, tax: tax)
    }

    /// Reads a policy; what it leaves out is as `RefundPolicy` has it.
    mutating func policy(
        _ field: FormField<RefundPolicyForm>, at path: String = "policy", in currency: Currency?
    ) -> RefundPolicy {
        guard let form = optional(field, .init(path), "an object") else { return RefundPolicy() }
        func name(_ field: String) -> RequestPath { .init("\(path).\(field)") }
        return RefundPolicy(
            restockingFeePercent: percentage(form.restockingFeePercent, name("restocking_fee_percent")) ?? .zero,
            restockingFeeBase: word(form.restockingFeeBase, name("restocking_fee_base"), default: .net),
            restockingFeeTaxed: optional(
                form.restockingFeeTaxed, name("restocking_fee_taxed"), "true or false") ?? false,
            returnShippingFee: optionalAmount(form.returnShippingFee, name("return_shipping_fee"), in: currency),
            originalShipping: word(form.originalShipping, name("original_shipping"), default: .never),
            grades: grades(form.grades, name("grades")),
            feeWaivedReasons: Set(texts(form.feeWaivedReasons, name("fee_waived_reasons"))),
            tenderOrder: tenderOrder(form.tenderOrder, name("tender_order")))
    }

    private mutating func grades(
        _ field: FormField<[String: FormField<String>]>, _ name: RequestPath
    ) -> [String: Percentage]? {
        guard let fields = optional(field, name, "an object of percentages by grade"), !fields.isEmpty else {
            return nil
        }
        guard fields.count <= RefundLimits.choicesMax else {
            report(.tooMany, name, "There are \(fields.count) grades; give at most \(RefundLimits.choicesMax).")
            return nil
        }
        var grades: [String: Percentage] = [:]
        for (grade, field) in fields.sorted(by: { $0.key < $1.key }) {
            let entry = RequestPath("\(name).\(grade.shown)")
            if case .absent = field { _ = required(field, entry, "a percentage") }
            grades[grade] = percentage(field, entry) ?? .hundred
        }
        return grades
    }

    private mutating func tenderOrder(
        _ field: FormField<TenderOrderForm>, _ name: RequestPath
    ) -> RefundPolicy.TenderOrder {
        let expected = "\"proportional\" or a list of kinds of tender"
        switch optional(field, name, expected) {
        case .none, .word("proportional"): return .proportional
        case .word(let word):
            report(
                .unknownValue, name, "'\(word.shown)' is not known here; give \(expected).",
                allowed: ["proportional"])
            return .proportional
        case .kinds(let kinds): return .kinds(texts(.value(kinds), name))
        }
    }

    private mutating func texts(_ field: FormField<[FormField<String>]>, _ name: RequestPath) -> [String] {
        let fields = list(field, name, limit: RefundLimits.choicesMax, isRequired: false)
        return fields.enumerated().compactMap { required($1, .init("\(name)[\($0)]"), "a text") }
    }
}
