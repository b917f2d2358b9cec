/// A day of the proleptic Gregorian calendar, wherever it is that day.
struct CivilDate: Equatable, Sendable {
    let year: Int
    let month: Int
    let day: Int
    /// Days since 1 January 1970.
    let number: Int

    /// 0 is Sunday; day 0 was a Thursday.
    var weekday: Int { (number + 4).modulo(7) }

    // Years begin with March here, so that the day of the leap year is the last one: 400 years have 146,097 days, 100
    // have 36,524, four have 1,461, and five months from March or August on have 153.
    init(number: Int) {
        self.number = number
        let days = number + 719_468
        let era = days.quotient(146_097)
        let dayOfEra = days.modulo(146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }

    /// The number of the first day of the month after.
    var nextMonth: Int { number - day + 1 + days }

    /// How many days its month has.
    private var days: Int {
        month == 2 && !isLeapYear ? 28 : Self.daysMax(month: month)
    }

    private var isLeapYear: Bool { year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) }

    /// In a leap year.
    static func daysMax(month: Int) -> Int {
        switch month {
        case 2: 29
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Int {
    /// Rounded down, also below zero.
    func quotient(_ divisor: Int) -> Int { (self - modulo(divisor)) / divisor }

    /// Never negative.
    func modulo(_ divisor: Int) -> Int {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
