/// The sizes up to which refunds are computed; within them no operation of the calculation overflows.
public enum RefundLimits {
    // LIMIT: 10¹⁵ minor units are ten trillion dollars; the product of two amounts and a quantity fits 128 bits.
    /// The largest amount, in minor units.
    public static let minorUnitsMax: Int64 = 1_000_000_000_000_000
    // LIMIT: more units of one line than any parcel service brings back.
    public static let quantityMax = 1_000_000
    // LIMIT: shops end far below; Shopify has at most 500 lines an order.
    public static let linesMax = 1_000
    // LIMIT: the split over tenders takes time in the square of their number.
    public static let tendersMax = 50
    // LIMIT: grades and reasons of a policy; a person has to choose among them.
    public static let choicesMax = 200
    // LIMIT: a name is repeated in every explanation.
    public static let nameCharactersMax = 200
}
