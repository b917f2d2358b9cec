extension OrderLineReturnFacts {
    /// What was paid for some of its units, after discounts and before tax, after others have come back.
    ///
    /// The units of a line share its price so that all of them together give exactly the line, whatever the parts:
    /// units m+1 to m+k of q give R(T·(m+k)/q) − R(T·m/q), rounded half away from zero.
    func value(of units: Int, after earlier: Int) -> Money? {
        guard let price, let discount, let net = try? price - discount, quantity > 0 else { return nil }
        let (last, overflow) = earlier.addingReportingOverflow(units)
        guard !overflow, let upTo = share(of: net, units: last), let before = share(of: net, units: earlier) else {
            return nil
        }
        return try? upTo - before
    }

    private func share(of net: Money, units: Int) -> Money? {
        let (product, overflow) = Int128(net.minorUnits).multipliedReportingOverflow(by: Int128(units))
        guard !overflow else { return nil }
        let (quotient, remainder) = product.magnitude.quotientAndRemainder(dividingBy: Int128(quantity).magnitude)
        let rounded = remainder * 2 >= Int128(quantity).magnitude ? quotient + 1 : quotient
        guard let minorUnits = Int64(exactly: rounded) else { return nil }
        return Money(minorUnits: product < 0 ? -minorUnits : minorUnits, currency: net.currency)
    }
}

extension OrderReturnFacts {
    /// What was paid for these units by line, as far as they are there to be returned, after discounts and before tax;
    /// nil when a price is not known.
    public func value(of unitsByLine: [String: Int]) -> Money? {
        var total = Money.zero(currency)
        for line in lines {
            guard let units = unitsByLine[line.id] else { continue }
            let earlier = line.returned.addingSaturated(line.inOtherReturns)
            guard let value = line.value(of: min(max(0, units), line.available), after: earlier) else { return nil }
            guard let sum = try? total + value else { return nil }
            total = sum
        }
        return total
    }
}
