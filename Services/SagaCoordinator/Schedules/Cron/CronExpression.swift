/// Five fields that name minutes of the calendar, as crontab(5) has them: minute, hour, day of month, month, day of week.
///
/// A field is `*` or a list of values, ranges and steps; months and weekdays also go by three letters of their English
/// names. Where both the day of the month and the day of the week are restricted, i.e. do not begin with `*`, a day that
/// fits either is meant (POSIX, `crontab`); otherwise one that fits both.
struct CronExpression: Equatable, Sendable, CustomStringConvertible {
    /// One blank between fields.
    let description: String
    let minute: CronField
    let hour: CronField
    let dayOfMonth: CronField
    let month: CronField
    let dayOfWeek: CronField

    // LIMIT: lists of every value in every field are shorter.
    private static let charactersMax = 500

    /// - Throws: ``CronError`` that names the field, or because no day is ever meant (30 February).
    init(_ text: String) throws(CronError) {
        guard text.utf8.count <= Self.charactersMax else {
            throw CronError(message: "a cron expression has at most \(Self.charactersMax) characters")
        }
        let fields = text.split { $0 == " " || $0 == "\t" }
        guard fields.count == 5 else {
            throw CronError(
                message:
                    "a cron expression has five fields (minute, hour, day of month, month, day of week), not \(fields.count)"
            )
        }
        minute = try CronField(fields[0], .minute)
        hour = try CronField(fields[1], .hour)
        dayOfMonth = try CronField(fields[2], .dayOfMonth)
        month = try CronField(fields[3], .month)
        dayOfWeek = try CronField(fields[4], .dayOfWeek)
        description = fields.joined(separator: " ")
        guard isEver else {
            throw CronError(field: .dayOfMonth, message: "no month that is named has such a day: it would never run")
        }
    }

    /// Whether it names times of day, not "every so often". crontab(5) calls those affected by changes of the clock.
    var isAtFixedTimes: Bool { !minute.isStar && !hour.isStar }

    private var eitherDay: Bool { !dayOfMonth.isStar && !dayOfWeek.isStar }

    func contains(_ date: CivilDate) -> Bool {
        guard month.contains(date.month) else { return false }
        let fitsMonth = dayOfMonth.contains(date.day)
        let fitsWeek = dayOfWeek.contains(date.weekday)
        return eitherDay ? fitsMonth || fitsWeek : fitsMonth && fitsWeek
    }

    /// Every date falls on every day of the week some year, 29 February too, so weekdays never rule one out.
    private var isEver: Bool {
        eitherDay
            || (1...12).contains { number in
                month.contains(number) && (dayOfMonth.first(from: 1) ?? 32) <= CivilDate.daysMax(month: number)
            }
    }
}
