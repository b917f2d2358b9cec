/// When the shop's days begin and which of them are business days.
public struct ShopCalendar: Hashable, Sendable {
    public enum Weekday: String, Hashable, Sendable, CaseIterable, Codable {
        case monday, tuesday, wednesday, thursday, friday, saturday, sunday
    }

    /// A name of the IANA time zone database, e.g. `America/New_York`.
    public var timeZone: String
    public var weekend: [Weekday]
    public var holidays: [ShopDay]

    public init(timeZone: String = "UTC", weekend: [Weekday] = [.saturday, .sunday], holidays: [ShopDay] = []) {
        self.timeZone = timeZone
        self.weekend = weekend
        self.holidays = holidays
    }

    static let form = PolicyForm(
        initial: ShopCalendar(),
        members: [
            PolicyMember("time_zone", \.timeZone, .timeZone),
            PolicyMember("weekend", \.weekend, .list(.choice)),
            PolicyMember("holidays", \.holidays, .list(.day)),
        ])

    public func isBusinessDay(_ day: ShopDay) -> Bool {
        !weekend.contains(Weekday.allCases[day.weekday]) && !holidays.contains(day)
    }

    /// The day itself if it is a business day, otherwise the next one.
    ///
    /// Where there is none within a year (every weekday is weekend) the day itself is the answer.
    public func businessDay(onOrAfter day: ShopDay) -> ShopDay {
        // LIMIT: a year holds every holiday of a shop that works at all.
        (0...366).lazy.map { day + $0 }.first(where: isBusinessDay) ?? day
    }
}
