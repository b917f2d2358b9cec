/// The days of the shop's calendar on which a rule counts, both included.
public struct EffectiveDates: Hashable, Sendable {
    public var from: ShopDay?
    public var through: ShopDay?

    public init(from: ShopDay? = nil, through: ShopDay? = nil) {
        self.from = from
        self.through = through
    }

    static let form = PolicyForm(
        initial: EffectiveDates(),
        members: [
            PolicyMember(optional: "from", \.from, .day),
            PolicyMember(optional: "through", \.through, .day),
        ])

    public var isAlways: Bool { from == nil && through == nil }

    var isEmpty: Bool { first > last }

    func contains(_ day: ShopDay) -> Bool { first <= day && day <= last }

    func overlaps(_ other: EffectiveDates) -> Bool { max(first, other.first) <= min(last, other.last) }

    func covers(_ other: EffectiveDates) -> Bool { first <= other.first && other.last <= last }

    private var first: ShopDay { from ?? ShopDay(number: .min) }
    private var last: ShopDay { through ?? ShopDay(number: .max) }
}
