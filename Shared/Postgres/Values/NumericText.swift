/// The decimal text of a `numeric`, from its binary form: a count of base-10000 digits, the weight of the first,
/// a sign and the number of digits shown after the point.
///
/// Amounts are stored as `bigint`; this exists for what aggregates return.
struct NumericText {
    let text: String

    init?(binary bytes: ArraySlice<UInt8>) {
        let words = Self.words(bytes)
        guard words.count >= 4, words.count == 4 + Int(words[0]) else { return nil }
        let weight = Int(Int16(bitPattern: words[1]))
        let scale = Int(words[3])
        let digits = words.dropFirst(4)
        func group(_ position: Int) -> String {
            let index = digits.startIndex + (weight - position)
            let digit = position <= weight && index < digits.endIndex ? digits[index] : 0
            return String(String(10_000 + Int(digit)).dropFirst())
        }
        guard let sign = Self.sign(words[2]) else { return nil }
        let whole = stride(from: max(weight, 0), through: 0, by: -1).map(group).joined().drop { $0 == "0" }
        let fraction = stride(from: -1, through: -(scale + 3) / 4, by: -1).map(group).joined().prefix(scale)
        text = sign + (whole.isEmpty ? "0" : whole) + (scale == 0 ? "" : "." + fraction)
    }

    private static func words(_ bytes: ArraySlice<UInt8>) -> [UInt16] {
        guard bytes.count.isMultiple(of: 2) else { return [] }
        return stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map {
            UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
        }
    }

    /// Not-a-number and the infinities have no decimal text.
    private static func sign(_ word: UInt16) -> String? {
        switch word {
        case 0x0000: ""
        case 0x4000: "-"
        default: nil
        }
    }
}
