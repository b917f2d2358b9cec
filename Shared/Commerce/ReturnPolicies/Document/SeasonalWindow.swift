/// Orders of a season (gifts, say) that may be returned until a fixed date.
///
/// The season lengthens the window, it never shortens it: a late order of the season keeps its normal days.
public struct SeasonalWindow: Hashable, Sendable {
    public var id: String
    /// The first day of the season, by the day of the order.
    public var from: ShopDay
    /// Its last day.
    public var through: ShopDay
    /// The last day on which such an order may be returned.
    public var lastReturnDate: ShopDay

    public init(id: String, from: ShopDay, through: ShopDay, lastReturnDate: ShopDay) {
        self.id = id
        self.from = from
        self.through = through
        self.lastReturnDate = lastReturnDate
    }

    static let form = PolicyForm(
        initial: SeasonalWindow(
            id: "", from: ShopDay(number: 0), through: ShopDay(number: 0), lastReturnDate: ShopDay(number: 0)),
        members: [
            PolicyMember("id", \.id, .text, required: true),
            PolicyMember("from", \.from, .day, required: true),
            PolicyMember("through", \.through, .day, required: true),
            PolicyMember("last_return_date", \.lastReturnDate, .day, required: true),
        ])
}
