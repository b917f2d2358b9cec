/// Something on top of a refund: a share of it, an amount, or both.
public struct ReturnBonus: Hashable, Sendable {
    /// Of what is refunded.
    public var percent: ReturnPercent?
    /// Whatever is refunded.
    public var amount: ReturnAmount?
    /// The most that both come to; nil for no limit.
    public var max: ReturnAmount?

    public init(percent: ReturnPercent? = nil, amount: ReturnAmount? = nil, max: ReturnAmount? = nil) {
        self.percent = percent
        self.amount = amount
        self.max = max
    }

    static let form = PolicyForm(
        initial: ReturnBonus(),
        members: [
            PolicyMember(optional: "percent", \.percent, .percent),
            PolicyMember(optional: "amount", \.amount, .amount),
            PolicyMember(optional: "max", \.max, .amount),
        ])

    /// Its flat amounts, with their places in it.
    var amounts: [(place: String, amount: ReturnAmount)] {
        [("amount", amount), ("max", max)].compactMap { place, amount in
            amount.map { (place: place, amount: $0) }
        }
    }
}

extension PolicyCodec where Value == ReturnBonus {
    static var bonus: PolicyCodec {
        PolicyCodec(
            read: { json, readings in
                let before = readings.problems.count
                guard let bonus = ReturnBonus.form.read(json, &readings) else { return nil }
                guard bonus.percent == nil, bonus.amount == nil else { return bonus }
                // WHY: what could not be read was reported where it stands.
                if readings.problems.count == before {
                    readings.report(.missingMember, "The bonus is nothing; add 'percent' or 'amount'.")
                }
                return nil
            },
            write: { ReturnBonus.form.write($0).withoutNulls }, shape: ReturnBonus.form.shape)
    }
}

extension ReturnBonus: Codable {
    public init(from decoder: any Decoder) throws {
        self = try Self.form.decoded(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try Self.form.write(self).withoutNulls.encode(to: encoder)
    }
}

extension ReturnBonus: CustomStringConvertible {
    public var description: String {
        let parts = [percent?.description, amount?.description].compactMap(\.self).joined(separator: " and ")
        return max.map { "\(parts), at most \($0)" } ?? parts
    }
}
