extension CronExpression {
    /// The first minute that is meant, not before the given second of a clock on the wall; both in seconds since
    /// 1 January 1970, 00:00, on that clock.
    ///
    /// Nil where none comes for longer than the calendar can make one wait.
    func first(from second: Int) -> Int? {
        let minute = (second + 59).quotient(60)
        var day = minute.quotient(24 * 60)
        var earliest = minute.modulo(24 * 60)
        let last = day + Self.daysMax
        while day <= last {
            let date = CivilDate(number: day)
            if contains(date), let time = firstTime(from: earliest) { return (day * 24 * 60 + time) * 60 }
            day = month.contains(date.month) ? day + 1 : date.nextMonth
            earliest = 0
        }
        return nil
    }

    // LIMIT: from a Saturday 29 February to the next it is 40 years where a year without a leap day lies between.
    private static let daysMax = 41 * 366

    /// In minutes of the day.
    private func firstTime(from earliest: Int) -> Int? {
        let (startHour, startMinute) = earliest.quotientAndRemainder(dividingBy: 60)
        if hour.contains(startHour), let found = minute.first(from: startMinute) { return startHour * 60 + found }
        guard let nextHour = hour.first(from: startHour + 1), let found = minute.first(from: 0) else { return nil }
        return nextHour * 60 + found
    }
}
