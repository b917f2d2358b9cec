/// What is not taken back: a list each of tags, product types, SKUs, collections, discount codes, and the discount from
/// which a line counts as sold out for good.
///
/// Tags, types, collections and codes are compared without regard to case, SKUs exactly.
public struct ItemExclusions: Hashable, Sendable {
    public var tags: [String] = []
    public var types: [String] = []
    public var skus: [String] = []
    public var collections: [String] = []
    public var discountCodes: [String] = []
    /// A line discounted by this share or more; nil for none.
    public var discountPercentFrom: ReturnPercent?
    /// Reasons for which the goods are taken back all the same, e.g. `defective`.
    public var exceptReasons: [String] = []

    public init() {}

    static let form = PolicyForm(
        initial: ItemExclusions(),
        members: [
            PolicyMember("tags", \.tags, .texts),
            PolicyMember("types", \.types, .texts),
            PolicyMember("skus", \.skus, .texts),
            PolicyMember("collections", \.collections, .texts),
            PolicyMember("discount_codes", \.discountCodes, .texts),
            PolicyMember(optional: "discount_percent_from", \.discountPercentFrom, .percent),
            PolicyMember("except_reasons", \.exceptReasons, .texts),
        ])
}
