extension RefundCheck {
    mutating func others(_ request: RefundRequest) {
        if let shipping = request.others.shipping { amount(shipping, .init("others.shipping")) }
        if let exchanged = request.others.exchanged { amount(exchanged, .init("others.exchanged")) }
        for (id, units) in request.others.units.sorted(by: { $0.key < $1.key }) {
            let line = request.order.lines.first { $0.id == id }
            require(line != nil, .unknownLine, .init("already_returned"), Self.unknownLine(id))
            require(
                units.last <= line?.quantity ?? .max, .quantityAboveSold, .init("already_returned"),
                "Line '\(id)': more units came back before than the \(line?.quantity ?? 0) sold; correct the quantity.")
        }
        for (id, kept) in request.others.kept.sorted(by: { $0.key < $1.key }) {
            require(
                kept.subtracting(request.others.units[id] ?? UnitNumbers()).isEmpty, .unitUnavailable,
                .init("already_returned"), "Line '\(id)': a unit is kept that no return holds; list it there as well.")
        }
    }

    mutating func returned(_ request: RefundRequest) {
        let field = RequestPath("return.lines")
        require(!request.lines.isEmpty, .noLines, field, "Nothing comes back; give at least one line.")
        count(request.lines.count, atMost: RefundLimits.linesMax, field)
        var taken = request.others.units
        for (index, line) in request.lines.enumerated() {
            returnedLine(line, at: index, of: request, taken: taken[line.lineID])
            taken[line.lineID] = (taken[line.lineID] ?? UnitNumbers()).union(line.units)
        }
    }

    private mutating func returnedLine(
        _ line: ReturnedLine, at index: Int, of request: RefundRequest, taken: UnitNumbers?
    ) {
        func field(_ name: String) -> RequestPath { .init("return.lines", index, name) }
        grade(line.grade, field("grade"), request.policy)
        name(line.feesWaivedBy, field("fees_waived_by"))
        name(line.kept?.by, field("kept.by"))
        guard let sold = request.order.lines.first(where: { $0.id == line.lineID }) else {
            return require(false, .unknownLine, field("line_id"), Self.unknownLine(line.lineID))
        }
        require(
            !line.units.isEmpty, .badQuantity, field("quantity"), "No units come back; give at least one, or no line.")
        require(
            line.units.last <= sold.quantity && taken?.isDisjoint(with: line.units) ?? true, .unitUnavailable,
            field("units"),
            "Line '\(line.lineID)': a unit is held by another return or was never sold; reserve free units.")
    }

    private mutating func name(_ text: String?, _ field: RequestPath) {
        guard let text else { return }
        require(
            (1...RefundLimits.nameCharactersMax).contains(text.count), .badName, field,
            "This names nothing, or is too long; give 1 to \(RefundLimits.nameCharactersMax) characters such as 'rule vip'."
        )
    }

    private mutating func grade(_ grade: String, _ field: RequestPath, _ policy: RefundPolicy) {
        guard let grades = policy.grades else { return }
        require(
            grades[grade] != nil, .unknownGrade, field,
            "The policy has no grade '\(grade)'; give one of its grades.", allowed: grades.keys.sorted())
    }

    mutating func exchange(_ lines: [ExchangeLine]) {
        count(lines.count, atMost: RefundLimits.linesMax, .init("exchange.lines"))
        for (index, line) in lines.enumerated() {
            quantity(line.quantity, .init("exchange.lines", index, "quantity"))
            amount(line.amount, .init("exchange.lines", index, "amount"))
            amount(line.tax, .init("exchange.lines", index, "tax"))
        }
    }

    mutating func policy(_ policy: RefundPolicy, at path: String = "policy") {
        if let fee = policy.returnShippingFee { amount(fee, .init("\(path).return_shipping_fee")) }
        guard let bonus = policy.storeCreditBonus else { return }
        if let flat = bonus.amount { amount(flat, .init("\(path).store_credit_bonus.amount")) }
        if let max = bonus.max { amount(max, .init("\(path).store_credit_bonus.max")) }
    }

    static func unknownLine(_ id: String) -> String {
        "The order has no line '\(id)'; give the id of one of its lines."
    }
}
