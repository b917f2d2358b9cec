/// Looks for the discount that leaves no more to pay for goods than is due, in minor units.
///
/// WHY: a discount is taken off before the shop reckons the tax, line by line, so that only the shop can tell what one
/// leaves. As tax is rounded, none may leave exactly what is due; then the next does, at most a few units below it.
///
/// *Guarantees*: what it ends with leaves no more than is due, and one unit less would leave more.
struct ExchangeDiscount: Sendable, Equatable {
    private let subtotal, total, due: Int64
    /// One that leaves too much, and one that does not.
    private var tooLittle: Int64 = 0
    private var enough: Int64
    /// The next to try.
    private(set) var value: Int64

    /// - Parameters:
    ///   - subtotal: of the goods without a discount, as discounts are taken off it.
    ///   - total: of the same with tax; above what is due.
    init(subtotal: Int64, total: Int64, due: Int64) {
        (self.subtotal, self.total, self.due) = (subtotal, total, due)
        enough = subtotal
        value = 0
        value = min(max(1, scaled(total - due)), subtotal)
    }

    /// Takes in what the shop asks for at this discount.
    /// - Returns: whether it is the one.
    mutating func hear(_ asked: Int64) -> Bool {
        if asked == due { return true }
        if asked > due { tooLittle = value } else { enough = value }
        guard enough - tooLittle > 1 else {
            defer { value = enough }
            return value == enough
        }
        let step = max(1, scaled(abs(asked - due)))
        value = min(max(asked > due ? value + step : value - step, tooLittle + 1), enough - 1)
        return false
    }

    /// A part of the total as a part of the subtotal.
    private func scaled(_ amount: Int64) -> Int64 {
        Int64((Int128(amount) * Int128(subtotal) + Int128(total) / 2) / Int128(total))
    }
}
