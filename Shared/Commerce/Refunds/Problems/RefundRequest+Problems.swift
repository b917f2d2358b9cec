extension RefundRequest {
    /// Everything that keeps the request from being computed, in reading order; empty for a good one.
    public var problems: [RefundProblem] {
        var check = RefundCheck(currency: currency)
        check.order(order)
        check.others(self)
        check.returned(self)
        if let heldShipping { check.amount(heldShipping, .init("held_shipping")) }
        check.exchange(exchange)
        check.policy(policy)
        return check.problems
    }
}

/// Collects problems. Texts are made only for what is wrong, so that a good request costs nothing.
struct RefundCheck {
    let currency: Currency
    private(set) var problems: [RefundProblem] = []

    init(currency: Currency) {
        self.currency = currency
    }

    mutating func require(
        _ condition: Bool, _ code: RefundProblem.Code, _ field: RequestPath, _ message: @autoclosure () -> String,
        allowed: @autoclosure () -> [String]? = nil
    ) {
        guard !condition else { return }
        problems.append(RefundProblem(code, field: field.description, message(), allowed: allowed()))
    }

    mutating func amount(_ amount: Money, _ field: RequestPath) {
        let currency = currency
        require(
            amount.currency == currency, .currencyMismatch, field,
            "The amount is in \(amount.currency), the request in \(currency); give all amounts in one currency.")
        require(
            amount.minorUnits >= 0, .negativeAmount, field,
            "The amount is \(amount.decimalString); give zero or more.")
        require(
            amount.minorUnits <= RefundLimits.minorUnitsMax, .amountTooLarge, field,
            "The amount is larger than \(RefundLimits.largest(in: currency)); correct it.")
    }

    mutating func quantity(_ quantity: Int, _ field: RequestPath) {
        require(
            (1...RefundLimits.quantityMax).contains(quantity), .badQuantity, field,
            "The quantity is \(quantity); give a whole number from 1 to \(RefundLimits.quantityMax).")
    }

    mutating func count(_ count: Int, atMost limit: Int, _ field: RequestPath) {
        require(count <= limit, .tooMany, field, "There are \(count) entries; give at most \(limit).")
    }

    mutating func unique(_ ids: some Sequence<String>, in list: String) {
        var seen: Set<String> = []
        for (index, id) in ids.enumerated() {
            let field = RequestPath(list, index, "id")
            require(!id.isEmpty, .missing, field, "The id is empty; give one that is unique in the list.")
            require(
                seen.insert(id).inserted, .duplicateID, field,
                "The id '\(id)' occurs twice; give each entry an id of its own.")
        }
    }
}

extension RefundLimits {
    static func largest(in currency: Currency) -> String {
        "\(Money(minorUnits: minorUnitsMax, currency: currency))"
    }
}
